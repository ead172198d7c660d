// What /points tells: ranks among peers, contests, rewards and the ledger; and the quality index with its parts.
import { rowsOf } from '../data/tables.js';

const inPeriod = (rows, period) => rows.filter((row) => row.period_kind === period.kind && row.period_start === period.start);
const keys = (...names) => names.map((key) => ({ key }));

/** The groups of peers that a page of a scope shows: its own, and of a reader every one that he is in. */
export const groupsOfPage = (files, { scope_kind, scope_id }) => Object.keys(files).filter((key) => (scope_kind === 'agent' ? key.startsWith('points/') : key === `points/${scope_kind}/${scope_id}`));

const ORDER = ['team', 'tenure_band', 'centre'];

/** Ranks of a window by group of peers, the narrowest group first, from { key, table } of files: { kind, rows }. */
export const ranksIn = (files, period) =>
	files
		.map(({ key, table }) => ({ kind: key.split('/')[1], rows: inPeriod(rowsOf(table), period) }))
		.filter((group) => group.rows.length)
		.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

/** His own places, one for each group: { kind, ...row }. */
export const placesOf = (groups, agentId) => groups.flatMap(({ kind, rows }) => rows.filter((row) => row.agent_id === agentId).map((row) => ({ kind, ...row })));

export const likedMost = (groups) => (groups.at(-1)?.rows ?? []).filter((row) => row.likes > 0).sort((a, b) => b.likes - a.likes || a.place - b.place);

/** Contests that touch a window, the latest first, each with its rows; of a team those in which its people are. */
export function contestsIn(table, period, scope) {
	const rows = rowsOf(table).filter((row) => row.to_on >= period.start && row.from_on < period.end);
	const isOf = (row) => scope.scope_kind !== 'team' || row.home_team_id === scope.scope_id || (row.scope_kind === 'team' && row.scope_id === scope.scope_id);
	const byId = new Map();
	for (const row of rows) byId.set(row.contest_id, [...(byId.get(row.contest_id) ?? []), row]);
	return [...byId.values()].map((all) => ({ ...all[0], rows: all.filter(isOf) })).filter((contest) => contest.rows.length);
}

/** Rewards that were decided in a window; of a team its own and those of the people whose team it is. */
export function rewardsIn(table, period, scope, scopes) {
	const home = new Map(scopes.filter((s) => s.scope_kind === 'agent').map((s) => [s.scope_id, s.team_id]));
	const isOf = (row) => scope.scope_kind === 'centre' || row.team_id === scope.scope_id || (scope.scope_kind === 'agent' ? row.agent_id !== null || row.team_id !== null : home.get(row.agent_id) === scope.scope_id);
	return rowsOf(table).filter((row) => row.decided_date >= period.start && row.decided_date < period.end).filter(isOf);
}

export const entriesIn = (tables, period) => tables.flatMap((table) => inPeriod(rowsOf(table), period));

export const paidIn = (table, period, agentId) => rowsOf(table).filter((row) => row.agent_id === agentId && row.month_start >= period.start && row.month_start < period.end);

export const codeNames = (codes, list, textOf, language) => new Map(rowsOf(codes).filter((row) => row.code_list === list).map((row) => [row.code, textOf(row, 'name', language)]));

/** The quality index of a period with its parts; null where there is none. */
export function indexIn(table, period) {
	const rows = inPeriod(rowsOf(table), period);
	return rows.length ? { ...rows[0], parts: rows } : null;
}

/** The latest month of which the index is told. */
export function latestIndex(table) {
	const start = rowsOf(table).filter((row) => row.period_kind === 'month' && row.index_state === 'told').map((row) => row.period_start).sort().at(-1);
	return start ? indexIn(table, { kind: 'month', start }) : null;
}

export const RANK = keys('period_kind', 'period_start', 'place', 'agent_id', 'agent_name', 'points', 'entries', 'likes', 'people', 'policy_version');
export const STANDING = keys('contest_id', 'name_en', 'name_zh', 'kpi_id', 'from_on', 'to_on', 'is_over', 'scope_kind', 'scope_id', 'scope_name', 'place', 'is_winner', 'standing', 'value', 'ci_lower', 'ci_upper', 'judged_by', 'numerator', 'denominator', 'n', 'min_n', 'winners', 'policy_version');
export const REWARD = keys('decided_date', 'agent_id', 'team_id', 'ground', 'form', 'for_month', 'reward_state', 'amount', 'currency', 'contest', 'revoked_date', 'reward_id', 'recognition_id', 'landing_file', 'line_number');
export const ENTRY = keys('entry_date', 'agent_id', 'rule', 'points', 'entry_kind', 'note', 'record_kind', 'record_id', 'given_by', 'contact_key', 'contact_date', 'landing_file', 'record_number', 'line_number', 'policy_version');
export const PAID = keys('agent_id', 'month_start', 'priced_as', 'priced_by', 'contacts_handled', 'contacts_invalid', 'contacts_validity_unknown', 'contacts_paid', 'unit_price', 'amount', 'currency', 'policy_version');
export const INDEX_PART = keys('period_kind', 'period_start', 'kpi_id', 'value', 'n', 'reason', 'weight', 'zero_low', 'full_low', 'full_high', 'zero_high', 'attainment', 'points', 'quality_index', 'index_state', 'policy_version');
