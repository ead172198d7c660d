// Half-hours of a day: rows come wide (a column per measure) or long (kpi_id, value, n); both become wide.
import { rowsOf } from './tables.js';

const KEYS = new Set(['scope_kind', 'scope_id', 'scope_name', 'half_hour_started_at', 'kpi_id', 'measure', 'value', 'n', 'status', 'numerator', 'denominator']);

export function wideRows(file) {
	const rows = rowsOf(file.values ?? file);
	if (!rows.some((r) => r.kpi_id ?? r.measure)) return rows;
	const wide = new Map();
	for (const row of rows) {
		const key = `${row.scope_kind}|${row.scope_id}|${row.half_hour_started_at}`;
		if (!wide.has(key)) wide.set(key, { scope_kind: row.scope_kind, scope_id: row.scope_id, scope_name: row.scope_name, half_hour_started_at: row.half_hour_started_at });
		wide.get(key)[row.kpi_id ?? row.measure] = row.value;
	}
	return [...wide.values()];
}

/** The columns with numbers in them, in the order of the data. */
export const numbersIn = (rows) => [...new Set(rows.flatMap((r) => Object.keys(r)))].filter((key) => !KEYS.has(key) && rows.some((r) => typeof r[key] === 'number'));

const isCount = (name, catalogue) => {
	const kpi = catalogue.kpiById.get(name);
	return kpi ? !kpi.denominator_measure && kpi.unit === 'contacts' : !/seconds|_time|_rate|_share|level/.test(name);
};

/**
 * What is drawn: counts as bars; of the rest only times, since a share would lie flat on their axis. Durations (number 9)
 * stay in the table: they are minutes, and would flatten the waits.
 */
export function chartedNames(rows, catalogue) {
	const names = numbersIn(rows);
	const numbered = (name) => catalogue.kpiById.get(name)?.kpi_number ?? 99;
	const times = names.filter((name) => catalogue.kpiById.get(name)?.unit === 'seconds').sort((a, b) => numbered(a) - numbered(b));
	return { counts: names.filter((name) => isCount(name, catalogue)).slice(0, 4), times: times.filter((name) => numbered(name) > 9).slice(0, 3) };
}
