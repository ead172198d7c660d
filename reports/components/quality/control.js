// What /control tells of a scope: who is on which list of listening, how documents went down, and the records behind it.
import { rowsOf } from '../data/tables.js';

export const COVERAGE = ['director', 'duty_manager', 'supervisor', 'team_leader', 'all'].map((level) => `monitoring_coverage_${level}`);
export const ABOVE = ['test_call_pass_rate', 'ticket_audit_error_rate', 'ticket_leakage_rate', 'document_acknowledgement_rate', 'coaching_delay_compliance'];
export const BESIDE = ['live_monitoring_share', 'intervention_allowed_rate', 'intervention_accepted_rate', 'test_call_pass_rate_direct', 'test_call_pass_rate_simulated', 'ticket_callback_rate', 'ticket_callback_time', 'document_read_rate', 'defects_caught_before_share', 'defects_caught_during_share', 'defects_caught_after_share'];

export const ESCALATED = ['escalation_context_rate', 'escalation_accept_rate', 'escalation_accept_time'];
export const CALLED_BACK = ['wechat_callback_in_time_rate', 'web_callbacks', 'state_approval_rate'];

export const LISTS = ['best', 'needs_training'];

/** Those on a list in a period, who was listened to last first. */
export const listIn = (table, list, period) => rowsOf(table).filter((row) => row.monitoring_list === list && row.period_kind === period.kind && row.period_start === period.start);

/** Level -> its name and what it listens for, in the order of the list of codes. */
export function focusOf(codes) {
	const levels = new Map();
	for (const row of rowsOf(codes).filter((one) => one.code_list === 'monitoring_focus')) levels.set(row.group_code, [...(levels.get(row.group_code) ?? []), row]);
	return [...levels];
}

export const methodNames = (codes, textOf, language) => new Map(rowsOf(codes).filter((row) => row.code_list === 'intervention_methods').map((row) => [row.code, textOf(row, 'name', language)]));

export const MONITORED = ['period_kind', 'period_start', 'monitoring_list', 'agent_id', 'sessions', 'by_director', 'by_duty_manager', 'by_supervisor', 'by_team_leader', 'excellent', 'ordinary', 'needing_training', 'severe_errors', 'last_heard_on', 'last_conclusion'].map((key) => ({ key }));

export const CASCADE = ['document_id', 'document_title', 'document_kind', 'published_at', 'acknowledge_by', 'cascade_level', 'addressed', 'due', 'read', 'acknowledged', 'in_time', 'late', 'never', 'in_time_rate', 'seconds_p50', 'seconds_p90', 'level_above_done_at', 'is_passed_down_late', 'test_calls', 'test_calls_passed', 'test_pass_rate', 'last_test_on', 'is_signed_not_known'].map((key) => ({ key }));

const form = (...columns) => ({ columns: ['record_date', ...columns, 'agent_id', 'contact_key'], always: ['record_date', 'agent_id', 'contact_key', columns[0]] });

/** The records in the order of the page: kind -> which of their columns are shown. */
export const CONTROLS = {
	listening: form('conclusion', 'monitor_level', 'monitoring_mode', 'difficulty'),
	intervention: { ...form('intervention_method', 'is_allowed', 'is_accepted'), code: 'intervention_method' },
	test_call: form('has_passed', 'test_kind', 'document_id', 'complaint_id'),
	ticket_audit: form('is_wrong', 'is_leaked', 'needs_callback', 'is_called_back', 'ticket_id'),
	replay: { ...form('has_passed', 'complaint_id', 'leaf', 'complaint_outcome'), code: 'leaf' },
	talk: form('coaching_kind', 'is_after_delay', 'coaching_place'),
	escalation_sent: form('has_context', 'escalated_at', 'channel', 'queue_id'),
	escalation_taken: form('is_taken', 'escalated_at', 'taken_over_at', 'channel', 'queue_id'),
	callback: form('channel', 'called_back_at', 'is_within_48_h', 'queue_id')
};

/** Those of a kind; a test call that plays a complaint again stands among both. */
export const controlsOf = (rows, kind) => rows.filter((row) => (kind === 'replay' ? row.record_kind === 'test_call' && row.complaint_id !== null : row.record_kind === kind));
