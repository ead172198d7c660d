// The long history of a scope comes as arrays, one row per KPI and kind of period; here they become rows again. The
// latest periods come in full beside them and win.
import { rowsOf } from './tables.js';

const STATUS = { n: 'no_data', s: 'insufficient_sample', l: 'below_band', i: 'in_band', a: 'above_band' };
const VERDICT = { g: 'good', t: 'too_good', w: 'watch', b: 'bad' };

/** A band that never moved is written once. */
const cellAt = (list, i) => (list?.length === 1 ? list[0] : (list?.[i] ?? null));

function rowAt(line, i, start) {
	const look = line.look?.slice(2 * i, 2 * i + 2) ?? '--';
	return {
		kpi_id: line.kpi_id,
		period_kind: line.period_kind,
		period_start: start,
		value: line.value[i],
		n: line.n?.[i] ?? null,
		numerator: line.numerator?.[i] ?? null,
		denominator: line.denominator?.[i] ?? null,
		lower_bound: cellAt(line.lower_bound, i),
		upper_bound: cellAt(line.upper_bound, i),
		status: STATUS[look[0]] ?? null,
		verdict: VERDICT[look[1]] ?? 'none',
		reason: null
	};
}

/** All rows of a scope's file: the series spread out over its `periods`, and the full rows in place of theirs. */
export function allRows(file) {
	const full = rowsOf(file.values);
	const known = new Set(full.map((r) => `${r.kpi_id}|${r.period_kind}|${r.period_start}`));
	const older = [];
	for (const line of rowsOf(file.series)) {
		line.value.forEach((_, i) => {
			const start = file.periods?.[line.period_kind]?.[line.places?.[i] ?? line.first_place + i];
			if (start && !known.has(`${line.kpi_id}|${line.period_kind}|${start}`)) older.push(rowAt(line, i, start));
		});
	}
	return [...older, ...full];
}
