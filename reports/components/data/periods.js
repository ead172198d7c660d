// Which periods there are, which one is shown, and how it is called.
import { translate } from '../words/i18n.js';
import { dateOf, formatDate } from '../words/format.js';

export const PERIOD_KINDS = ['day', 'week', 'month', 'quarter', 'year', 'all', 'trailing_7', 'trailing_28', 'trailing_365'];

export const isOverlapping = (kind) => kind.startsWith('trailing_');

/** Map of kind -> periods { start, end, isOpen }, oldest first, from the rows of a scope. */
export function periodsIn(rows, asOfDate) {
	const kinds = new Map();
	for (const row of rows) {
		let starts = kinds.get(row.period_kind);
		if (!starts) kinds.set(row.period_kind, (starts = new Map()));
		if (!starts.has(row.period_start)) {
			const end = row.period_end ?? endOf(row.period_kind, row.period_start);
			starts.set(row.period_start, { kind: row.period_kind, start: row.period_start, end, isOpen: end > asOfDate });
		}
	}
	for (const [kind, starts] of kinds) kinds.set(kind, [...starts.values()].sort((a, b) => (a.start < b.start ? -1 : 1)));
	return kinds;
}

/**
 * The period of the link if there is one; else the latest whole one of the kind that the publication opens with: months,
 * or weeks and days while there are too few months to see a trend in (reports/sources/scopes.sql decides).
 */
export function choosePeriod(kinds, askedKind, askedStart, firstKind) {
	const kind = [askedKind, firstKind, 'month', 'week', 'day', 'all'].find((k) => kinds.has(k)) ?? [...kinds.keys()][0];
	const list = kinds.get(kind) ?? [];
	const asked = list.find((p) => p.start === askedStart);
	if (asked) return asked;
	// The reader changed from a day to its month: the period around the asked date.
	const around = askedStart && list.find((p) => p.start <= askedStart && askedStart < p.end);
	// Of windows that slide only the last one is told of everybody, and none is ever over.
	const isSliding = kind?.startsWith('trailing');
	return around || list.filter((p) => isSliding || !p.isOpen).at(-1) || list.at(-1);
}

export function periodLabel(period, language) {
	if (!period) return '';
	const { kind, start, end } = period;
	const word = (key, values) => translate(language, key, values);
	if (kind === 'day') return formatDate(start, language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
	if (kind === 'week') return word('week_of', { date: formatDate(start, language) });
	if (kind === 'month') return formatDate(start, language, { month: 'long', year: 'numeric' });
	if (kind === 'quarter') return word('quarter_of', { quarter: Math.floor(dateOf(start).getUTCMonth() / 3) + 1, year: start.slice(0, 4) });
	if (kind === 'year') return language === 'zh' ? `${start.slice(0, 4)} 年` : start.slice(0, 4);
	if (kind === 'all') return word('all_time');
	return word('until', { from: formatDate(start, language), to: formatDate(dayBefore(end), language) });
}

const COMPARED = ['day', 'week', 'month', 'quarter', 'year'];

/** What a change is counted from. A day is compared twice: with the day before and with its weekday of the week before; periods
 * that overlap not at all. */
export const changeHead = ({ kind, start }, language) =>
	COMPARED.includes(kind) ? translate(language, `change_from_${kind}`, { weekday: formatDate(start, language, { weekday: 'short' }) }) : '';

/** The short form for an axis. */
export function periodTick(kind, start, language) {
	if (kind === 'month') return formatDate(start, language, { month: 'short', year: '2-digit' });
	if (kind === 'quarter' || kind === 'year') return periodLabel({ kind, start }, language);
	return formatDate(start, language, { day: 'numeric', month: 'short' });
}

/** The exclusive end of a calendar period, for rows that state its start only. */
function endOf(kind, start) {
	const end = dateOf(start);
	const months = { month: 1, quarter: 3, year: 12 }[kind];
	if (months) end.setUTCMonth(end.getUTCMonth() + months);
	else end.setUTCDate(end.getUTCDate() + ({ day: 1, week: 7, trailing_7: 7, trailing_28: 28, trailing_365: 365 }[kind] ?? 0));
	return end.toISOString().slice(0, 10);
}

/** A row with the end of its period, where it states its start only. */
export const withEnd = (row) => (row.period_end ? row : { ...row, period_end: endOf(row.period_kind, row.period_start) });

const DAY = 86_400_000;

export const dayBefore = (text) => (text ? new Date(dateOf(text).getTime() - DAY).toISOString().slice(0, 10) : text);

/** The last day of a period that data can be of: an open one has none after the day that the data reach. */
export const lastDayOf = (period, asOfDate) => (period.isOpen ? asOfDate : dayBefore(period.end));

/** Whole days from one date to another. */
export const daysBetween = (start, end) => Math.round((dateOf(end) - dateOf(start)) / DAY);
