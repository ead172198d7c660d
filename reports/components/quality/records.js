// Which of the records that are told one by one belong to a line of a page.

/** Whether a record is one of a scope. */
export const isOf = ({ scope_kind, scope_id }) => (row) => scope_kind === 'centre' || (scope_kind === 'agent' ? row.agent_id === scope_id : (row.team_ids ?? []).includes(scope_id));

/** Those of a scope in a period, by the column of their date. */
export const recordsIn = (rows, date, scope, period) => rows.filter((row) => row[date] >= period.start && row[date] < period.end).filter(isOf(scope));

export const COMPLAINT = {
	columns: ['received_date', 'complaint_id', 'leaf', 'complaint_outcome', 'decided_date', 'agent_id', 'channel', 'queue_id', 'topic', 'origin', 'appeal_effect', 'is_good_faith', 'owner_department', 'contact_key'],
	always: ['received_date', 'complaint_id', 'leaf', 'complaint_outcome', 'agent_id', 'contact_key'],
	code: 'leaf'
};

export const ERROR = {
	columns: ['error_date', 'error_code', 'error_class', 'review_id', 'agent_id', 'channel', 'queue_id', 'knowledge_point', 'is_good_faith', 'contact_key'],
	always: ['error_date', 'error_code', 'error_class', 'review_id', 'agent_id', 'contact_key'],
	code: 'error_code'
};
