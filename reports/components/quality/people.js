// What /people tells of a scope: whether staff, customers and efficiency are in balance, and how leaders are grown.
import { rowsOf } from '../data/tables.js';
import { teamsBelow } from './scopePages.js';

/** Efficiency, customers, staff: the three that a vicious circle is told by. */
export const PAIRED = ['contacts_per_agent_hour', 'satisfaction_score', 'agent_turnover_rate'];
export const BALANCED = ['contacts_per_agent_hour', 'occupancy', 'satisfaction_score', 'staff_satisfaction', 'staff_loyalty', 'agent_turnover_rate'];
export const STAFF = ['staff_satisfaction', 'staff_loyalty', 'staff_survey_participation'];
export const LEADERS = ['achievement_meeting_rate', 'leader_plan_rate', 'leader_meeting_rate', 'firefighting_share'];
export const WORK = ['training_hours_per_head', 'effort_on_vital_few_share', 'schedule_adherence', 'forecast_error', 'outbound_share'];
export const EXIT = ['agent_turnover_rate', 'exit_interview_rate'];
export const OF_TEAMS = ['staff_satisfaction', 'achievement_meeting_rate', 'schedule_adherence'];

const inPeriod = (table, period) => rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start);

/** A scope and its teams, each with its six KPIs of a period: { ...scope, byKpi, is_vicious_circle }; none of what is not told. */
export function balanceOf(table, scopes, scope, period) {
	const rows = inPeriod(table, period);
	return [scope, ...teamsBelow(scopes, scope)].flatMap((one) => {
		const own = rows.filter((row) => row.scope_kind === one.scope_kind && row.scope_id === one.scope_id);
		return own.length ? [{ ...one, byKpi: new Map(own.map((row) => [row.kpi_id, row])), is_vicious_circle: own[0].is_vicious_circle }] : [];
	});
}

export const balanceRows = (table, period) => inPeriod(table, period);
export const exitsOf = inPeriod;

/** Ids of a team and those below it; null of the centre, where every team counts. */
export const teamsOf = (scopes, scope) => (scope.scope_kind === 'centre' ? null : new Set([scope, ...teamsBelow(scopes, scope)].map((one) => one.scope_id)));

const isOf = (teams) => (row) => !teams || teams.has(row.team_id);

/** The months of leaders that a period touches. */
export const leadersIn = (table, period, lastDay, teams) => rowsOf(table).filter((row) => row.month_start.slice(0, 7) >= period.start.slice(0, 7) && row.month_start <= lastDay).filter(isOf(teams));

export const teamRecordsIn = (table, kind, period, teams) => rowsOf(table).filter((row) => row.team_record_kind === kind && row.record_date >= period.start && row.record_date < period.end).filter(isOf(teams));

/** In which words a month says whether the progress of a leader was talked about. */
export function meetingWord({ plan_id, meetings_due, meetings_held }) {
	if (meetings_due) return meetings_held ? 'progress_met' : 'progress_not_met';
	return plan_id ? 'progress_not_due' : 'progress_no_plan';
}

const keys = (...names) => names.map((key) => ({ key }));
export const BALANCE = keys('scope_kind', 'scope_id', 'period_kind', 'period_start', 'kpi_id', 'value', 'n', 'recent_value', 'recent_n', 'past_value', 'past_n', 'direction', 'is_provisional', 'is_vicious_circle');
export const LEADER = keys('leader_id', 'month_start', 'role', 'team_id', 'leads_from', 'is_new', 'plan_id', 'plan_kind', 'plan_state', 'plan_starts_on', 'plan_due_on', 'plan_closed_on', 'criteria_document_id', 'days_late', 'meetings_due', 'meetings_held', 'plan_meetings_due', 'plan_meetings_held', 'training_minutes', 'manager_minutes', 'firefighting_minutes', 'one_to_one_talks', 'tests_taken', 'tests_passed');
export const EXITS = keys('period_kind', 'period_start', 'leave_reason', 'leavers');
export const TALKS = keys('period_kind', 'period_start', 'exit_reason', 'leavers', 'interviewed_outside', 'interviewed_inside', 'not_interviewed');

/** Work behind the effort on the vital few. */
export const EFFORT = { columns: ['worked_on', 'cause_code', 'is_vital_few', 'minutes', 'work_category', 'cause_kind', 'plan_id', 'agent_id'], always: ['worked_on', 'cause_code', 'is_vital_few', 'minutes', 'agent_id'], code: 'cause_code' };
export const TEAM_RECORD = keys('team_record_kind', 'record_date', 'team_id', 'question', 'respondents', 'staff_invited', 'staff_score', 'meetings');
