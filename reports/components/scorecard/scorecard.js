// The rows of one scope, arranged the way a scorecard reads them.
import { rowsOf } from '../data/tables.js';
import { allRows } from '../data/series.js';
import { lookOf, isOut, byUrgency } from './verdicts.js';
import { isMissing } from '../words/format.js';
import { dayBefore, daysBetween, isOverlapping } from '../data/periods.js';

/** How many periods a trend shows; more are in the table of the published file. */
const TREND_LENGTH = { day: 92, week: 53, month: 24, quarter: 12, year: 10, trailing_7: 92, trailing_28: 92, trailing_365: 92 };

const cellOf = (row) => `${row.kpi_id}|${row.period_kind}|${row.period_start}`;

/** A scope's rows by KPI and kind of period, oldest first: from its file and that of its closed periods; its peers' rows beside.
 * Rows that were published otherwise before have what they were in `restated`. */
export function readScope(file, history = null, peers = [], restatements = null) {
	const restated = new Map(rowsOf(restatements).map((row) => [cellOf(row), row]));
	const values = allRows(history, file).map((row) => (restated.has(cellOf(row)) ? { ...row, restated: restated.get(cellOf(row)) } : row));
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

/**
 * Since when a row is out of its band on this side: the unbroken run of periods with a verdict on the same side; periods
 * without one count as neither. `turned_since` where only a part of it may be chance, or is beyond it, as the row itself: the
 * run of those apart. Where nothing else is published before it, it may have been out for longer. Of periods that overlap ("last 28
 * days", of every day) the first is known by its last day: its first day lies four weeks before anything was out. "All"
 * has nothing before it to be told from.
 */
function outside(series, at, firstDate) {
	const row = series[at];
	if (!isOut(row) || row.period_kind === 'all') return { out_since: null };
	const isSame = (other) => isOut(other) && other.status === row.status;
	const isAlike = (other) => isSame(other) && (lookOf(other) === 'chance') === (lookOf(row) === 'chance');
	const isNeither = (other) => lookOf(other) !== 'good' && !isOut(other);
	const run = runOf(series, at, isSame, isNeither);
	const apart = runOf(series, at, isAlike, isNeither);
	const since = (place) => {
		const { period_kind, period_start, period_end } = series[place];
		const date = isOverlapping(period_kind) ? dayBefore(period_end) : period_start;
		// A period may begin before there are any records
		return date < firstDate ? firstDate : date;
	};
	const before = periodBefore(series, at);
	return {
		out_since: since(run.first),
		turned_since: apart.first === run.first ? null : since(apart.first),
		is_longer: run.isWhole,
		is_new: before !== null && !isSame(before) && !isNeither(before)
	};
}

/** The place of the first row of the run that ends at a place, and whether it reaches as far back as there are rows. */
function runOf(series, at, belongs, isNeither) {
	let first = at;
	let place = at - 1;
	for (; place >= 0 && (belongs(series[place]) || isNeither(series[place])); place -= 1) if (belongs(series[place])) first = place;
	return { first, isWhole: place < 0 };
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

/**
 * Where a kind of period does not judge a KPI (a week of turnover): the last value that was judged by the end of the period, or
 * else that of the period around it. How far it is from another one is not said: that one is of the same year.
 */
function lastJudged(data, kpi, period) {
	const kinds = (kpi.judged_periods ?? period.kind).split('|');
	if (kinds.includes(period.kind)) return null;
	const found = kinds.flatMap((kind) => seriesOf(data, kpi.kpi_id, kind)).filter((row) => lookOf(row) !== 'no_data' && row.verdict !== 'none');
	const by = (row) => row.period_end;
	const past = found.filter((row) => by(row) <= period.end).sort((a, b) => by(a).localeCompare(by(b)));
	const last = past.at(-1) ?? found.find((row) => row.period_start <= period.start && period.end <= by(row));
	if (!last) return null;
	const series = seriesOf(data, kpi.kpi_id, last.period_kind);
	const at = series.indexOf(last);
	const judged_in = { kind: last.period_kind, start: last.period_start, end: last.period_end };
	return { series, at, row: { ...last, change: null, weekday_change: null, judged_in, ...outside(series, at, data.scope.first_date) } };
}

const OTHER_PERIODS = 'other_periods';

/** Is it a KPI of which there are periods of another kind only: nothing of a day is missing where it has no days. */
const isOfOtherPeriods = (kpi, kind) => Boolean(kpi.period_kinds) && !kpi.period_kinds.split('|').includes(kind);

/** Everything about one KPI in one period. */
function entryFor(data, kpi, root, period) {
	const judged = lastJudged(data, kpi, period);
	if (judged) return { kpi, row: judged.row, days: [], trend: judged.series.slice(0, judged.at + 1).slice(-TREND_LENGTH[judged.row.period_kind]), root, companions: [], peers: [] };
	const series = seriesOf(data, kpi.kpi_id, period.kind);
	const at = series.findIndex((row) => row.period_start === period.start);
	return {
		kpi,
		row: at < 0 ? { kpi_id: kpi.kpi_id, status: 'no_data', reason: isOfOtherPeriods(kpi, period.kind) ? OTHER_PERIODS : null, value: null } : withHistory(series, at, data.scope.first_date),
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
	const isCompanion = (entry) => entry.root !== entry.kpi.kpi_id && entry.row.reason !== OTHER_PERIODS;
	for (const entry of entries.filter(isCompanion)) byId.get(entry.root).companions.push(entry);
	const mix = MIX.map((id) => byId.get(id)?.row);
	if (mix.every((row) => row && lookOf(row) !== 'no_data')) for (const id of MIX) byId.get(id).mix = mix.map((row) => row.value);
	return entries;
}

/** Does it belong to the period, or a companion of its line? What has no such periods is told once, below. */
const hasPeriod = (entry) => entry.row.reason !== OTHER_PERIODS || entry.companions.length > 0;

/** The lines of the scorecard by group, in the catalogue's order. */
export function groupsOf(entries) {
	const groups = new Map();
	for (const entry of entries.filter((e) => e.root === e.kpi.kpi_id && hasPeriod(e))) {
		if (!groups.has(entry.kpi.kpi_group)) groups.set(entry.kpi.kpi_group, []);
		groups.get(entry.kpi.kpi_group).push(entry);
	}
	return groups;
}

/** Groups of quality governance: what nobody set a band for is folded away in them. */
const FOLDED = new Set(['complaint', 'control', 'voice', 'people']);

const isBanded = ({ row, trend, companions }) => [row, ...trend].some((one) => !isMissing(one.lower_bound) || !isMissing(one.upper_bound)) || companions.some(isBanded);

/** The lines of a group: those that stand open, and those that are folded away. */
export function foldedOf(group, members) {
	if (!FOLDED.has(group)) return [members, []];
	return [members.filter(isBanded), members.filter((entry) => !isBanded(entry))];
}

export const outOfBand = (entries) => entries.filter((e) => isOut(e.row)).sort(byUrgency);

/** What is missing, by why: KPIs together that want the same settings, or have the same kinds of periods. */
export function missingByReason(entries) {
	const reasons = new Map();
	for (const entry of entries.filter((e) => lookOf(e.row) === 'no_data')) {
		const { kpi, row } = entry;
		const reason = [row.reason ?? 'unknown', row.reason === 'not_set' && kpi.missing_settings, row.reason === OTHER_PERIODS && kpi.period_kinds].filter(Boolean).join(' ');
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
	for (const entry of entries.filter((e) => e.row.reason !== OTHER_PERIODS)) counts[lookOf(entry.row)] = (counts[lookOf(entry.row)] ?? 0) + 1;
	return counts;
}
