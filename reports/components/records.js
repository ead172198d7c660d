// The records behind the number of a scope on a day: where they are, which of them belong to the number, what they add up to.
import { rowsOf } from './tables.js';

/** A team by channel is its team's records of that channel. */
export const recordsKey = (kind, id, date) => {
	const [team] = kind === 'team_channel' ? id.split('|') : [id];
	return `drill/${kind === 'team_channel' ? 'team' : kind}/${team}/${date}`;
};

/** Visitors of a web site, and what a leaver costs, are no records of a contact, a review or a working day. */
const WITHOUT = new Set(['customer_days', 'leaver_replacement_cost']);

export const hasRecords = (kpi) => Boolean(kpi) && !WITHOUT.has(kpi.numerator_measure);

const WIDE = ['centre', 'channel', 'queue'];

/** Records of wider scopes, and what is counted over whole contacts, are not in the site of a team or an agent. */
export const isHiddenFrom = (audience, kind, kpi) =>
	Boolean(audience) && audience !== 'all' && (WIDE.includes(kind) || kpi?.method === 'distinct' || kpi?.denominator_measure === 'rating_eligible');

export const measuresOf = (kpi) => (kpi?.method === 'distinct' ? [] : [kpi?.numerator_measure, kpi?.denominator_measure].filter(Boolean));

/** The rows of a file that belong to the number of this scope. */
export function recordsFor(file, kind, id, kpi) {
	const channel = kind === 'team_channel' ? id.split('|')[1] : null;
	const rows = rowsOf(file).filter((row) => !channel || row.channel === channel);
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
	const amountOf = (measure) => (kpi?.method === 'peak' ? Math.max(0, ...amounts(measure)) : amounts(measure).reduce((sum, amount) => sum + amount, 0));
	return measuresOf(kpi).map((measure) => [measure, kpi?.method === 'peak' ? amountOf(measure) : (totals?.[measure] ?? amountOf(measure))]);
}
