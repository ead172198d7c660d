// All access to published data. A page pins one manifest when it opens: what it reads belongs together, even while a
// new generation is being put in place. Everything else is immutable and may stay in the browser's cache for good.
import { base } from '$app/paths';
import { rowsOf } from './tables.js';

const ROOT = `${base}/data/`;
const opened = new Map();

async function readJson(name, options) {
	const response = await fetch(addressOf(name), options);
	if (response.status === 404) return null;
	if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
	// A server that answers a missing file with the shell would otherwise give a puzzling parse error
	if ((response.headers.get('content-type') ?? '').includes('text/html')) return null;
	return response.json();
}

/** The address of a file that is saved, not read. */
export const addressOf = (name) => ROOT + name.split('/').map(encodeURIComponent).join('/');

/** One request per name; a failure is forgotten, so that "try again" can succeed. */
function once(name, options) {
	if (!opened.has(name)) {
		const reading = readJson(name, options);
		reading.catch(() => opened.delete(name));
		opened.set(name, reading);
	}
	return opened.get(name);
}

/** The manifest, or null where nothing has been published. */
export const openManifest = () => once('manifest.json');

/** The result of a key such as `catalogue` or `scope/agent/a1`; null when this publication has none. */
export async function load(key) {
	const manifest = await openManifest();
	const file = key.startsWith('table/') ? manifest?.tables?.[key.slice('table/'.length)] : manifest?.files[key];
	return file ? once(file) : null;
}

/** A file that another one names. */
export const loadNamed = (name) => (name ? once(name) : Promise.resolve(null));

/** The index of the records of a day; null where none are published. */
export const openDay = (date) => load(`drill/${date}`);

/** What every page needs: manifest, catalogue and the list of scopes. */
export async function openSite() {
	const manifest = await openManifest();
	if (!manifest) return { manifest: null, catalogue: null, scopes: [], opening: null, own: CENTRE };
	const [catalogue, file] = await Promise.all([load('catalogue'), load('scopes')]);
	const scopes = rowsOf(file);
	// The period that pages open with and that lists count in: the same for all scopes
	const opening = scopes[0]?.counted_kind ? { kind: scopes[0].counted_kind, start: scopes[0].counted_start } : null;
	return { manifest, catalogue: readCatalogue(catalogue, manifest.centre?.currency), scopes, opening, own: ownScope(manifest, scopes) };
}

const CENTRE = { kind: 'centre', id: 'centre' };

/** Whose pages these are: the centre's for a reader of everything, else the team at the root of what he sees, or himself. */
function ownScope(manifest, scopes) {
	if ((manifest.audience ?? 'all') === 'all') return CENTRE;
	const teams = scopes.filter((s) => s.scope_kind === 'team');
	const isInside = (team) => teams.some((t) => team.parent_scope_kind === 'team' && t.scope_id === team.parent_scope_id);
	const own = teams.find((team) => !isInside(team)) ?? scopes.find((s) => s.scope_kind === 'agent');
	return own ? { kind: own.scope_kind, id: own.scope_id } : CENTRE;
}

function readCatalogue(file, currency) {
	// Which money it is, the centre's settings say
	const kpis = rowsOf(file?.kpis).map((kpi) => (kpi.unit === 'money' ? { ...kpi, currency } : kpi)).sort((a, b) => a.display_order - b.display_order);
	return {
		kpis,
		kpiById: new Map(kpis.map((kpi) => [kpi.kpi_id, kpi])),
		actions: rowsOf(file?.actions),
		targets: rowsOf(file?.targets),
		versions: rowsOf(file?.versions),
		measureByName: new Map(rowsOf(file?.measures).map((measure) => [measure.measure, measure]))
	};
}
