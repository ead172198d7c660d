// The rows of one scope, arranged the way a scorecard reads them.
import { rowsOf } from './tables.js';
import { allRows } from './series.js';
import { lookOf, isOut, byUrgency } from './verdicts.js';
import { isMissing } from './format.js';
import { dayBefore, daysBetween, isOverlapping } from './periods.js';

/** How many periods a trend shows; more are in the table of the published file. */
const TREND_LENGTH = { day: 92, week: 53, month: 24, quarter: 12, year: 10, trailing_7: 92, trailing_28: 92, trailing_365: 92 };

/** A scope's rows by KPI and kind of period, oldest first: from its file and that of its closed periods; its peers' rows beside. */
export function readScope(file, history = null, peers = []) {
	const values = allRows(history, file);
	const byKpi = new Map();
	for (const row of values) {
		const key = `${row.kpi_id}|${row.period_kind}`;
		if (!byKpi.has(key)) byKpi.set(key, []);
		byKpi.get(key).push(row);
	}
	for (const rows of byKpi.values()) rows.sort((a, b) => (a.period_start < b.period_start ? -1 : 1));
	return { scope: file.scope, values, byKpi, peers: [...rowsOf(file.peers), ...peers] };
}

const seriesOf = (data, kpiId, kind) => data.byKpi.get(`${kpiId}|${kind}`) ?? [];

const isOutside = (row) => row.status === 'below_band' || row.status === 'above_band';

/**
 * Since when a row is out of its band: the first outside period after the last one inside; periods without data count as
 * neither. Where none inside is published before it, it may have been out for longer. Of periods that overlap ("last 28
 * days", of every day) the first is known by its last day: its first day lies four weeks before anything was out. "All"
 * has nothing before it to be told from.
 */
function outside(series, at, firstDate) {
	if (!isOutside(series[at]) || series[at].period_kind === 'all') return { out_since: null };
	let first = at;
	let inside = at - 1;
	for (; inside >= 0 && series[inside].status !== 'in_band'; inside -= 1) if (isOutside(series[inside])) first = inside;
	const { period_kind, period_start, period_end } = series[first];
	const since = isOverlapping(period_kind) ? dayBefore(period_end) : period_start;
	// A period may begin before there are any records
	return { out_since: since < firstDate ? firstDate : since, is_longer: inside < 0, is_new: periodBefore(series, at)?.status === 'in_band' };
}

const WEEK = 7;

/** The period directly before; of those that overlap, the one that ended a day earlier. */
function periodBefore(series, at) {
	const end = isOverlapping(series[at].period_kind) ? dayBefore(series[at].period_end) : series[at].period_start;
	return series[at - 1]?.period_end === end ? series[at - 1] : null;
}

/** What stood before: the period directly before, and of a day the same weekday. How far they are away comes with the data. */
function withHistory(series, at, firstDate) {
	const row = series[at];
	const before = isOverlapping(row.period_kind) ? null : periodBefore(series, at);
	const isWeekday = (day) => daysBetween(day.period_start, row.period_start) === WEEK;
	const weekday = row.period_kind === 'day' ? series.slice(Math.max(at - WEEK, 0), at).find(isWeekday) : null;
	return { ...row, previous_value: before?.value ?? null, previous_weekday_value: weekday?.value ?? null, ...outside(series, at, firstDate) };
}

/** Everything about one KPI in one period. */
function entryFor(data, kpi, root, period) {
	const series = seriesOf(data, kpi.kpi_id, period.kind);
	const at = series.findIndex((row) => row.period_start === period.start);
	return {
		kpi,
		row: at < 0 ? { kpi_id: kpi.kpi_id, status: 'no_data', reason: null, value: null } : withHistory(series, at, data.scope.first_date),
		days: seriesOf(data, kpi.kpi_id, 'day').filter((r) => r.period_start >= period.start && r.period_start < period.end),
		trend: series.filter((r) => r.period_start <= period.start).slice(-(TREND_LENGTH[period.kind] ?? 1)),
		root,
		companions: [],
		peers: data.peers.filter((p) => p.kpi_id === kpi.kpi_id && p.period_kind === period.kind && p.period_start === period.start)
	};
}

/** The KPI on whose line this one is shown: itself, or for a companion the nearest one above with a line of its own. */
function rootOf(kpi, catalogue, has) {
	let at = kpi;
	for (let steps = 0; steps < 5 && !at.kpi_number && has.has(at.parent_kpi_id); steps += 1) at = catalogue.kpiById.get(at.parent_kpi_id);
	return at.kpi_id;
}

/** Three sides of one conversation: read together, as a : b : 1. */
const MIX = ['message_mix_customer', 'message_mix_agent', 'message_mix_system'];

/** Entries of all KPIs that have a row for this scope; companions hang on the KPI whose line they share. */
export function entriesFor(data, catalogue, period) {
	const has = new Set(data.values.map((row) => row.kpi_id));
	const entries = catalogue.kpis.filter((k) => has.has(k.kpi_id)).map((k) => entryFor(data, k, rootOf(k, catalogue, has), period));
	const byId = new Map(entries.map((e) => [e.kpi.kpi_id, e]));
	for (const entry of entries) if (entry.root !== entry.kpi.kpi_id) byId.get(entry.root).companions.push(entry);
	const mix = MIX.map((id) => byId.get(id)?.row);
	if (mix.every((row) => row && lookOf(row) !== 'no_data')) for (const id of MIX) byId.get(id).mix = mix.map((row) => row.value);
	return entries;
}

/** The lines of the scorecard by group, in the catalogue's order. */
export function groupsOf(entries) {
	const groups = new Map();
	for (const entry of entries.filter((e) => e.root === e.kpi.kpi_id)) {
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
		const reason = entry.row.reason ?? 'unknown';
		reasons.set(reason, [...(reasons.get(reason) ?? []), entry]);
	}
	return reasons;
}

/** The days of a KPI that is out of its band, from the one furthest out; days without cases are none. */
export function worstFirst(days, row) {
	const isAbove = row.status === 'above_band';
	return days.filter((d) => !isMissing(d.value) && d.status !== 'no_data').sort((a, b) => (isAbove ? b.value - a.value : a.value - b.value));
}

/** Is everything that is shown provisional? Then it is said once, for the page. */
export const isAllProvisional = (rows) => rows.some((r) => r.is_provisional) && rows.every((r) => r.is_provisional || lookOf(r) === 'no_data');

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
