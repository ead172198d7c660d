// Plans against what goes wrong: their address, what they are about, and where the records of that stand.
import { rowsOf } from '../data/tables.js';

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

export const SAVED = ['plan_id', 'kind', 'subject_kind', 'subject_id', 'kpi_id', 'scope_kind', 'scope_id', 'owner_id', 'state', 'starts_on', 'due_on', 'closed_on', 'days_late', 'minutes', 'before_from', 'before_to', 'before_numerator', 'before_denominator', 'before_rate', 'after_from', 'after_to', 'after_numerator', 'after_denominator', 'after_rate', 'change', 'ci_lower', 'ci_upper', 'elsewhere_before', 'elsewhere_after', 'target_value', 'is_target_reached', 'verdict'].map((key) => ({ key }));
