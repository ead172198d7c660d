// The records behind the number of a scope on a day: where they are, which of them belong to the number, what they add up to.
// Records stand in blocks that several scopes share; the index of the day says which blocks have those of a scope.
import { loadNamed, openDay, openManifest } from './data.js';
import { ATTRIBUTES, ORDER } from './recordColumns.js';
import { rowsOf } from './tables.js';

const INSTANTS = ['started_at', 'ended_at'];
const LEGS = new Set(['leg', 'offer']);
const UNITS = { agent: 'leg', queue: 'visit' };

/** Visitors of a web site, what a leaver costs and what was vital the month before are no records of a contact, a review or a working day; nor are people. */
const WITHOUT = new Set(['customer_days', 'leaver_replacement_cost', 'effort_minutes_vital_few']
	// Forecasts are nobody's, and what belongs to a team belongs to nobody in it.
	.concat('forecast_absolute_error', 'staff_score_sum', 'staff_net_promoters', 'staff_respondents', 'meeting_slots_held'));

export const hasRecords = (kpi) => Boolean(kpi) && !WITHOUT.has(kpi.numerator_measure) && kpi.denominator_measure !== 'active_agents';

const WIDE = ['centre', 'channel', 'queue'];

/** Records of wider scopes, and what is counted over whole contacts, are not in the site of a team or an agent. */
export const isHiddenFrom = (audience, kind, kpi) =>
	Boolean(audience) && audience !== 'all' && (WIDE.includes(kind) || kpi?.method === 'distinct' || kpi?.denominator_measure === 'rating_eligible');

export const measuresOf = (kpi) => (kpi?.method === 'distinct' ? [] : [kpi?.numerator_measure, kpi?.denominator_measure].filter(Boolean));

export const unitOf = (kind) => UNITS[kind] ?? 'contact';

export const isAttribute = (column) => ATTRIBUTES.includes(column);

/** Where the records of a scope on a day are: { blocks, kinds, measures, parts, merged, count?, totals? }; null without any. */
export async function recordsOf(kind, id, date) {
	const index = await openDay(date);
	// A team by channel is its team's records of that channel
	const [of, name] = kind === 'team_channel' ? ['team', id.split('|')[0]] : [kind, id];
	const entry = index?.scopes[of]?.[name];
	return entry ? { ...index, merged: [], ...entry } : null;
}

/** The parts that hold records of a kind that the KPI is made of; all where none does. */
export function partsFor({ parts, kinds, measures }, kpi) {
	const asked = kpi?.method === 'distinct' ? ['customer'] : measuresOf(kpi);
	const holds = (number) => kinds[number].some((kind) => asked.some((measure) => measures[kind].includes(measure)));
	const found = parts.filter((part) => part.some(holds));
	return asked.length && found.length ? found : parts;
}

/** Are there any? Whatever is told of a day is of the centre: its own pages need no index for that. */
export async function areThere(kind, id, date) {
	const manifest = await openManifest();
	if (kind === 'centre' && manifest?.audience === 'all') return Boolean(manifest.files[`drill/${date}`]);
	return Boolean(await recordsOf(kind, id, date));
}

/** The rows of some files, by their numbers: those that are this scope's. */
export async function openRows(where, kind, id, numbers) {
	const asked = [...new Set([...where.merged, ...numbers])];
	const read = await Promise.all(asked.map((number) => loadNamed(where.blocks[number])));
	const tables = new Map(asked.map((number, i) => [number, read[i]]));
	const replaced = new Set(where.merged.flatMap((number) => rowsIn(tables.get(number)).map((row) => row.contact_key)));
	const isOwn = ownRows(kind, id, replaced);
	return numbers.flatMap((number) => (where.merged.includes(number) ? rowsIn(tables.get(number)) : isOwn(rowsIn(tables.get(number))))).filter(inChannel(kind, id)).sort(inOrder);
}

const rowsIn = (file) => file.tables.flatMap((table) => rowsOf(table).map((row) => withInstants({ record_kind: table.kind, ...row })));

/** In the files instants are seconds since 1970. */
function withInstants(row) {
	for (const column of INSTANTS) if (typeof row[column] === 'number') row[column] = new Date(row[column] * 1000).toISOString().replace('.000Z', 'Z');
	return row;
}

/** A contact with a single leg in a team is that leg; what several legs make up stands in a file of the team. */
function ownRows(kind, id, replaced) {
	if (kind === 'agent') return (rows) => rows.filter((row) => row.agent_id === id);
	if (kind !== 'team' && kind !== 'team_channel') return (rows) => rows;
	const contact = (row) => (LEGS.has(row.record_kind) ? { ...row, record_kind: 'contact', end_kind: null } : row);
	return (rows) => rows.filter((row) => !LEGS.has(row.record_kind) || !replaced.has(row.contact_key)).map(contact);
}

const inChannel = (kind, id) => (row) => kind !== 'team_channel' || row.channel === id.split('|')[1];

/** The oldest first; what has no time of its own comes last. */
function inOrder(a, b) {
	for (const column of ORDER) {
		const [one, other] = [a[column] ?? null, b[column] ?? null];
		if (one === other) continue;
		if (one === null || other === null) return one === null ? 1 : -1;
		return one < other ? -1 : 1;
	}
	return 0;
}

/** Rows as a table { columns, rows } of all their columns. */
export function tableOf(rows) {
	const named = new Set();
	for (const row of rows) for (const column of Object.keys(row)) named.add(column);
	const columns = [...ATTRIBUTES.filter((column) => named.has(column)), ...[...named].filter((column) => !isAttribute(column)).sort()];
	return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? (isAttribute(column) ? null : 0))) };
}

/** The rows that belong to the number of the KPI. */
export function rowsFor(rows, kpi) {
	if (kpi?.method === 'distinct') return rows.filter((row) => row.customer);
	const measures = measuresOf(kpi);
	return measures.length ? rows.filter((row) => measures.some((m) => row[m])) : rows;
}

/** What the rows add up to, as [measure, amount]. Of highest values the highest counts; customers are counted, not contacts. */
export function sumsOf(rows, kpi, totals = null) {
	if (kpi?.method === 'distinct') {
		const contacts = new Map();
		for (const row of rows) contacts.set(row.customer, (contacts.get(row.customer) ?? new Set()).add(row.contact_key));
		const single = [...contacts.values()].filter((keys) => keys.size === 1).length;
		return [
			[kpi.numerator_measure, single],
			[kpi.denominator_measure, contacts.size]
		];
	}
	const amounts = (measure) => rows.map((row) => Number(row[measure] ?? 0));
	const added = (measure) => amounts(measure).reduce((sum, amount) => sum + amount, 0);
	const highest = (measure) => amounts(measure).reduce((most, amount) => Math.max(most, amount), 0);
	return measuresOf(kpi).map((measure) => [measure, kpi?.method === 'peak' ? highest(measure) : totals ? (totals[measure] ?? 0) : added(measure)]);
}
