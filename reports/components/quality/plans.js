// Plans against what goes wrong: their address, what they are about, and where the records of that stand.
import { rowsOf } from '../data/tables.js';
import { COMPLAINT, ERROR, recordsIn } from './records.js';

export const planLink = ($linkTo, id) => $linkTo('/plans', { plan: id });

const classOf = (codes, code) => rowsOf(codes).find((row) => row.code_list === 'error_codes' && row.code === code)?.default_class;

/** Page and query of the records that a plan is about; null where no page lists them. */
export function aboutOf(plan, codes) {
	const { subject_kind, subject_id: about, scope_kind, scope_id } = plan;
	const of = `${scope_kind}|${scope_id}`;
	if (subject_kind === 'complaint_leaf') return ['/complaints', { of, about }];
	const error = subject_kind === 'error_code' && classOf(codes, about);
	return error ? ['/quality', { of, about, family: `${error}_error` }] : null;
}

/**
 * The records that a plan is about, before it and since, as its counts are made: { form, since, before }; null where it is
 * measured by a KPI alone, or none are told.
 */
export function recordsOfPlan(plan, { errors, complaints }) {
	const listed = {
		error_code: [errors, 'error_date', ERROR, (rows) => rows.filter((row) => row.error_code === plan.subject_id)],
		knowledge_point: [errors, 'error_date', ERROR, (rows) => rows.filter((row) => row.knowledge_point === plan.subject_id)],
		complaint_leaf: [complaints, 'received_date', COMPLAINT, (rows) => rows.filter((row) => row.leaf === plan.subject_id)]
	}[plan.subject_kind];
	if (!listed?.[0]) return null;
	const [table, date, form, about] = listed;
	const all = about(rowsOf(table));
	const within = (from, until) => (from && until ? recordsIn(all, date, plan, { start: from, end: until }) : []);
	return { form, since: within(plan.after_from, plan.after_to), before: within(plan.before_from, plan.before_to) };
}

export const SAVED = ['plan_id', 'kind', 'subject_kind', 'subject_id', 'kpi_id', 'scope_kind', 'scope_id', 'owner_id', 'state', 'starts_on', 'due_on', 'closed_on', 'days_late', 'minutes', 'before_from', 'before_to', 'before_numerator', 'before_denominator', 'before_rate', 'after_from', 'after_to', 'after_numerator', 'after_denominator', 'after_rate', 'change', 'ci_lower', 'ci_upper', 'elsewhere_before', 'elsewhere_after', 'target_value', 'is_target_reached', 'verdict'].map((key) => ({ key }));
