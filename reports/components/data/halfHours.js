// Half-hours of a day: rows come wide (a column per measure) or long (kpi_id, value, n); both become wide, samples beside.
import { rowsOf } from './tables.js';

const KEYS = new Set(['scope_kind', 'scope_id', 'scope_name', 'half_hour_started_at', 'kpi_id', 'measure', 'value', 'n', 'status', 'numerator', 'denominator']);
const HALF_HOUR = 1_800_000;

export function wideRows(file) {
	const rows = rowsOf(file.values ?? file);
	if (!rows.some((r) => r.kpi_id ?? r.measure)) return rows;
	const wide = new Map();
	for (const row of rows) {
		const key = `${row.scope_kind}|${row.scope_id}|${row.half_hour_started_at}`;
		if (!wide.has(key)) wide.set(key, { scope_kind: row.scope_kind, scope_id: row.scope_id, scope_name: row.scope_name, half_hour_started_at: row.half_hour_started_at, samples: {} });
		wide.get(key)[row.kpi_id ?? row.measure] = row.value;
		wide.get(key).samples[row.kpi_id ?? row.measure] = row.n;
	}
	return [...wide.values()];
}

const KINDS = ['centre', 'channel', 'queue', 'team', 'agent'];

export const keyOf = (row) => `${row.scope_kind}|${row.scope_id}`;

/** The scopes of some rows, the widest first: a page opens with the centre, or with the widest that its reader sees. */
export function scopeKeys(rows) {
	const kinds = new Map(rows.map((row) => [keyOf(row), KINDS.indexOf(row.scope_kind)]));
	return [...kinds.keys()].sort((a, b) => kinds.get(a) - kinds.get(b));
}

/** The rows of one scope, oldest first, with an empty one for each half-hour between them in which nothing happened. */
export function withoutGaps(rows) {
	const byTime = new Map(rows.map((row) => [Date.parse(row.half_hour_started_at), row]));
	const times = [...byTime.keys()].sort((a, b) => a - b);
	const all = [];
	for (let at = times[0]; at <= times.at(-1); at += HALF_HOUR) all.push(byTime.get(at) ?? { half_hour_started_at: new Date(at).toISOString() });
	return all;
}

/** The columns with numbers in them, in the order of the data. */
export const numbersIn = (rows) => [...new Set(rows.flatMap((r) => Object.keys(r)))].filter((key) => !KEYS.has(key) && rows.some((r) => typeof r[key] === 'number'));

/** The same in the catalogue's order: from day to day a line keeps its place, and so its colour. */
function namesIn(rows, catalogue) {
	const orderOf = (name) => catalogue.kpiById.get(name)?.display_order ?? 0;
	return numbersIn(rows).sort((a, b) => orderOf(a) - orderOf(b));
}

/**
 * What is drawn, each with names: the load (contacts that came and were handled), the queue and the response in times. Only
 * the numbered KPIs of a group are drawn, its companions are variants of them; durations stay in the table.
 */
export function chartsOf(rows, catalogue) {
	const names = namesIn(rows, catalogue);
	const kpiOf = (name) => catalogue.kpiById.get(name);
	const times = (group) => names.filter((name) => kpiOf(name)?.unit === 'seconds' && kpiOf(name).kpi_group === group && kpiOf(name).kpi_number);
	return [
		{ title: 'load', names: ['contacts_received', 'contacts_handled'].filter((name) => names.includes(name)), isTime: false },
		{ title: 'queue', names: times('access'), isTime: true },
		{ title: 'response', names: times('response'), isTime: true }
	].filter((chart) => chart.names.length);
}

// Of teams and agents, of whom nothing is drawn: how many there were (their number stands beside), and how much of their time
// was taken
const STAFF = ['signed_in_seconds', 'available_seconds', 'occupancy', 'utilisation', 'contacts_per_agent_hour'];

/** The columns of the table: what is drawn, then what else is numbered about queue, response and staff; all on demand. */
export function columnsShown(rows, catalogue, isAll) {
	const names = namesIn(rows, catalogue);
	const drawn = chartsOf(rows, catalogue).flatMap((chart) => chart.names);
	const isMain = (name) => {
		const kpi = catalogue.kpiById.get(name);
		return ['service_level', 'abandon_rate', ...(drawn.length ? [] : STAFF)].includes(name) || (kpi?.kpi_number && ['access', 'response'].includes(kpi.kpi_group) && !name.startsWith('message_mix'));
	};
	const rest = names.filter((name) => !drawn.includes(name));
	return [...drawn, ...(isAll ? rest : rest.filter(isMain))];
}
