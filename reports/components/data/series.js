// The history of a scope comes as arrays, one line per KPI and kind of period; here they become rows. What is closed stands in
// a file of its own beside what is open; what is known beyond the value stands in `details`, for some periods.
import { rowsOf } from './tables.js';

const STATUS = { n: 'no_data', s: 'insufficient_sample', l: 'below_band', i: 'in_band', a: 'above_band' };
const VERDICT = { g: 'good', t: 'too_good', w: 'watch', c: 'watch', b: 'bad' };

/** What never changed is written once; what nowhere is, not at all. */
const cellAt = (list, i) => (list?.length === 1 ? list[0] : (list?.[i] ?? null));

const keyOf = (row) => `${row.kpi_id}|${row.period_kind}|${row.period_start}`;

const startAt = (file, line, i) => file.periods?.[line.period_kind]?.[line.places?.[i] ?? line.first_place + i];

function rowAt(file, line, i) {
	const look = line.look?.slice(2 * i, 2 * i + 2) ?? '--';
	return {
		kpi_id: line.kpi_id,
		period_kind: line.period_kind,
		period_start: startAt(file, line, i),
		period_end: file.ends?.[line.period_kind]?.[line.places?.[i] ?? line.first_place + i],
		value: line.value[i],
		change: cellAt(line.change, i),
		weekday_change: cellAt(line.weekday_change, i),
		n: line.n?.[i] ?? null,
		numerator: line.numerator?.[i] ?? null,
		// Where it is the sample in all periods it is not written.
		denominator: (line.denominator ?? line.n)?.[i] ?? null,
		lower_bound: cellAt(line.lower_bound, i),
		upper_bound: cellAt(line.upper_bound, i),
		status: STATUS[look[0]] ?? null,
		verdict: VERDICT[look[1]] ?? 'none',
		evidence: look[1] === 'c' ? 'chance' : null,
		reason: null
	};
}

const DETAILS = ['excluded_n', 'raw_value', 'p50', 'p90', 'ci_lower', 'ci_upper', 'reason', 'is_provisional'];

function addDetails(file, rows) {
	const byKey = new Map(rows.map((row) => [keyOf(row), row]));
	for (const line of rowsOf(file.details)) {
		const count = line.places?.length ?? file.periods[line.period_kind].length - line.first_place;
		for (let i = 0; i < count; i += 1) {
			const row = byKey.get(keyOf({ ...line, period_start: startAt(file, line, i) }));
			if (row) for (const name of DETAILS) row[name] = cellAt(line[name], i);
			if (row && row.raw_value === null) row.raw_value = row.value;
		}
	}
}

/** All rows of a scope: the series spread out over their `periods`; rows written out in full stand in place of theirs. */
export function allRows(...files) {
	const full = files.flatMap((file) => rowsOf(file?.values));
	const known = new Set(full.map(keyOf));
	const spread = files.filter(Boolean).flatMap((file) => {
		const rows = rowsOf(file.series).flatMap((line) => line.value.map((_, i) => rowAt(file, line, i)));
		addDetails(file, rows);
		return rows.filter((row) => row.period_start && !known.has(keyOf(row)));
	});
	return [...spread, ...full];
}
