// The rows of one KPI over scopes: ranking, spread and movers. Orders come from the data where it states them.
import { isMissing } from '../words/format.js';
import { lookOf } from './verdicts.js';

/** The end of the interval that the ranking goes by: where the value could be at its worst. */
export function unpleasantEnd(row, kpi) {
	const lowIsBad = kpi.direction === 'higher' || (kpi.direction === 'band' && kpi.pleasant_side === 'high');
	return (lowIsBad ? row.ci_lower : row.ci_upper) ?? row.value;
}

/** Worst first; those without enough cases, then those without data, come last and have no rank. */
export function ranked(rows, kpi) {
	const lowIsBad = kpi.direction === 'higher' || (kpi.direction === 'band' && kpi.pleasant_side === 'high');
	const group = (row) => ({ insufficient: 1, no_data: 2 })[lookOf(row)] ?? 0;
	const order = (a, b) => {
		if (group(a) !== group(b)) return group(a) - group(b);
		if (!isMissing(a.rank) && !isMissing(b.rank)) return b.rank - a.rank;
		const gap = unpleasantEnd(a, kpi) - unpleasantEnd(b, kpi);
		return lowIsBad ? gap : -gap;
	};
	return [...rows].sort(order);
}

/** Agents counted in equal steps of the value. */
export function spreadOf(rows, steps = 12) {
	const values = rows.filter((r) => !['no_data', 'insufficient'].includes(lookOf(r))).map((r) => r.value);
	if (values.length < 2) return [];
	const low = Math.min(...values);
	const width = (Math.max(...values) - low) / steps || 1;
	const bins = Array.from({ length: steps }, (_, i) => ({ from: low + i * width, to: low + (i + 1) * width, count: 0 }));
	for (const value of values) bins[Math.min(steps - 1, Math.floor((value - low) / width))].count += 1;
	return bins;
}

export const movers = (rows, count = 8) =>
	rows
		.filter((r) => !isMissing(r.change) && !['no_data', 'insufficient'].includes(lookOf(r)))
		.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
		.slice(0, count);
