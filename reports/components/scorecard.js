// The rows of one scope, arranged the way a scorecard reads them.
import { rowsOf } from './data.js';
import { lookOf, isOut, byUrgency } from './verdicts.js';

/** How many periods a trend shows; more are in the table of the published file. */
const TREND_LENGTH = { day: 92, week: 53, month: 24, quarter: 12, year: 10 };

/** The file of a scope with its rows by KPI and kind of period, oldest first. */
export function readScope(file) {
	const values = rowsOf(file.values);
	const byKpi = new Map();
	for (const row of values) {
		const key = `${row.kpi_id}|${row.period_kind}`;
		if (!byKpi.has(key)) byKpi.set(key, []);
		byKpi.get(key).push(row);
	}
	for (const rows of byKpi.values()) rows.sort((a, b) => (a.period_start < b.period_start ? -1 : 1));
	return { scope: file.scope, values, byKpi, peers: rowsOf(file.peers) };
}

const seriesOf = (data, kpiId, kind) => data.byKpi.get(`${kpiId}|${kind}`) ?? [];

/** Everything about one KPI in one period. */
function entryFor(data, catalogue, kpi, period) {
	const series = seriesOf(data, kpi.kpi_id, period.kind);
	const isPeriod = (row) => row.period_start === period.start;
	return {
		kpi,
		row: series.find(isPeriod) ?? { kpi_id: kpi.kpi_id, status: 'no_data', reason: null, value: null },
		trend: series.filter((r) => r.period_start <= period.start).slice(-(TREND_LENGTH[period.kind] ?? 1)),
		companions: catalogue.kpis.filter((k) => k.parent_kpi_id === kpi.kpi_id && series.length),
		peers: data.peers.filter((p) => p.kpi_id === kpi.kpi_id && p.period_kind === period.kind && p.period_start === period.start)
	};
}

/** Entries of all KPIs that have a row for this scope; companions hang on their parents. */
export function entriesFor(data, catalogue, period) {
	const has = new Set(data.values.map((row) => row.kpi_id));
	const entries = new Map(
		catalogue.kpis.filter((k) => has.has(k.kpi_id)).map((k) => [k.kpi_id, entryFor(data, catalogue, k, period)])
	);
	for (const entry of entries.values()) entry.companions = entry.companions.map((k) => entries.get(k.kpi_id)).filter(Boolean);
	return [...entries.values()];
}

/** Those with a number of their own, and those that hang on none, by group in the catalogue's order. */
export function groupsOf(entries) {
	const present = new Set(entries.map((e) => e.kpi.kpi_id));
	const groups = new Map();
	for (const entry of entries) {
		if (entry.kpi.parent_kpi_id && present.has(entry.kpi.parent_kpi_id) && !entry.kpi.kpi_number) continue;
		if (!groups.has(entry.kpi.kpi_group)) groups.set(entry.kpi.kpi_group, []);
		groups.get(entry.kpi.kpi_group).push(entry);
	}
	return groups;
}

export const outOfBand = (entries) => entries.filter((e) => isOut(e.row)).sort(byUrgency);

/** Reasons for what is missing, each with its KPIs. */
export function missingByReason(entries) {
	const reasons = new Map();
	for (const entry of entries.filter((e) => lookOf(e.row) === 'no_data')) {
		const reason = entry.row.reason ?? 'no_cases';
		reasons.set(reason, [...(reasons.get(reason) ?? []), entry]);
	}
	return reasons;
}

export const actionsFor = (catalogue, row) => {
	const side = { above_band: 'above', below_band: 'below' }[row.status];
	return catalogue.actions.filter((a) => a.kpi_id === row.kpi_id && side && (a.side === side || a.side === 'both')).sort((a, b) => a.position - b.position);
};

/** Verdicts counted over the KPIs of the groups, for the head of the page. */
export function countLooks(entries) {
	const counts = {};
	for (const entry of entries) counts[lookOf(entry.row)] = (counts[lookOf(entry.row)] ?? 0) + 1;
	return counts;
}
