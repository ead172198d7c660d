// What quality pages tell of a scope beside its errors: which norms are lived, and which knowledge points cost most.
import { rowsOf } from '../data/tables.js';

export const normNames = (codes) => new Map(rowsOf(codes).filter((row) => row.code_list === 'norm_items').map((row) => [row.code, row]));

/** The rows of a period; those with too few records apart, at the end, each kind in the order in which it was published. */
export function rowsIn(table, period, isApart) {
	const here = rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start).sort((a, b) => a.position - b.position);
	return [...here.filter((row) => !isApart(row)), ...here.filter(isApart)];
}

/** Group of the norms -> its name. */
export const normGroups = (codes, textOf, language) => new Map([...normNames(codes).values()].map((row) => [row.group_code, textOf(row, 'group', language)]));

export const AUDITIONS = ['audition_item', 'norm_group', 'agents', 'is_enough', 'mean_score', 'mean_share', 'correlation'].map((key) => ({ key }));

export const RUBRIC = ['period_kind', 'period_start', 'position', 'item', 'name', 'applicable', 'in_full', 'full_rate', 'mean_share', 'mean_share_before', 'trend', 'agents', 'is_enough'].map((key) => ({ key }));

export const TRAINING = ['period_kind', 'period_start', 'position', 'knowledge_point', 'uses', 'checked', 'wrong', 'rate', 'ci_lower', 'ci_upper', 'expected_wrong', 'priority', 'is_check_more', 'agents_wrong', 'case_codes'].map((key) => ({ key }));
