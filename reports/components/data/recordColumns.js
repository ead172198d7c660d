// Made by `python -m orchestration.warehouse.record_facts_made`; a test holds it.

/** What a record says of itself, in this order; all else is a measure, and 0 where it is not given. */
export const ATTRIBUTES = ['record_kind', 'contact_key', 'review_id', 'error_id', 'rating_id', 'complaint_id', 'finding_id', 'appeal_id', 'tag_id', 'time_record_id', 'started_at', 'ended_at', 'channel', 'direction', 'queue_id', 'agent_id', 'reviewer_id', 'error_code', 'error_class', 'is_good_faith', 'knowledge_point', 'origin', 'leaf', 'complaint_outcome', 'decided_date', 'finding_kind', 'subject_kind', 'appeal_outcome', 'appeal_effect', 'tag', 'detail', 'work_category', 'cause_kind', 'cause_code', 'end_kind', 'outcome', 'exit_reason', 'customer', 'landing_file', 'record_number', 'line_number'];

/** By what records are put in order, first things first. */
export const ORDER = ['started_at', 'record_kind', 'contact_key', 'review_id', 'error_id', 'rating_id', 'complaint_id', 'finding_id', 'appeal_id', 'tag_id', 'time_record_id', 'agent_id'];
