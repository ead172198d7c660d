// Assessments as they were published: which months there are, whose they are, and the words of what they say.
import { rowsOf } from '../data/tables.js';
import { words } from '../words/words.js';
import { teamsBelow } from './scopePages.js';

const BEGINNING = 'assessment/';
export const KINDS = ['team', 'manager', 'agent'];

/** First days of the months that are told, the latest first. */
export const monthsOf = (files) => Object.keys(files).filter((key) => key.startsWith(BEGINNING)).map((key) => key.slice(BEGINNING.length)).sort().reverse();

/** Those of a scope: of a team with the teams below it, of the centre everybody. */
export function assessedIn(table, scope, scopes) {
	const rows = rowsOf(table);
	if (scope.scope_kind === 'centre') return rows;
	if (scope.scope_kind === 'agent') return rows.filter((row) => row.person_kind !== 'team' && row.person_id === scope.scope_id);
	const inside = new Set([scope.scope_id, ...teamsBelow(scopes, scope).map((team) => team.scope_id)]);
	return rows.filter((row) => inside.has(row.home_team_id));
}

export const assessedPath = (id) => `/assessment/${encodeURIComponent(id)}`;

/** As what somebody is assessed of whom a publication tells, the asked one first. */
export const kindsOf = (files, id) => ['agent', 'manager', 'team'].filter((kind) => files[`assessed/${kind}/${id}`]);

/** Why there is no total, or none that stays: a word, the names of KPIs, or the keys that a policy lacks. */
export function reasonText(reason, t, kpiName) {
	if (!reason) return '';
	const one = (part) => (words[`assess_reason_${part}`] ? t(`assess_reason_${part}`) : kpiName(part) || part);
	return reason.split(/,\s*|\n/).map(one).join(t('comma'));
}

/** What a total is made of: parts that bring points, and parts that cost some, without those that the policy does not have. */
export const BRINGS = ['component_points', 'team_points', 'reward_points'];
export const COSTS = ['complaint_points', 'error_points', 'fraud_points'];
export const partsOf = (row, names) => names.map((name) => ({ name, points: row[name] })).filter((part) => part.points > 0);

export const LIST = ['month', 'person_kind', 'person_id', 'name', 'role', 'home_team_id', 'version_no', 'is_closed', 'policy_version', 'assessment_state', 'reason', 'agent_days', 'component_points', 'team_points', 'reward_points', 'complaint_points', 'error_points', 'fraud_points', 'clip_points', 'total', 'is_excellent', 'measured_weight', 'quota', 'counted_complaints'].map((key) => ({ key }));
export const LINES = ['month', 'line_no', 'line_kind', 'line_kpi', 'record_id', 'code', 'record_date', 'decided_date', 'value', 'n', 'excluded_n', 'weight', 'attainment', 'points', 'appeal_state', 'appeal_until', 'is_appeal_late', 'note', 'policy_version', 'formula_version', 'target_version'].map((key) => ({ key }));
export const VERSIONS = ['month', 'version_no', 'restated_reason', 'publication', 'policy_version', 'assessment_state', 'reason', 'component_points', 'team_points', 'reward_points', 'complaint_points', 'error_points', 'fraud_points', 'clip_points', 'total', 'is_excellent'].map((key) => ({ key }));
