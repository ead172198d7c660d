// Where errors come from in a scope and period, as they were ordered before they were published.
import { rowsOf } from '../data/tables.js';
import { textOf } from '../words/i18n.js';

export const errorNames = (codes, language) => new Map(rowsOf(codes).filter((row) => row.code_list === 'error_codes').map((row) => [row.code, textOf(row, 'name', language)]));

/** The causes of a family in a period, most records first. */
export const causesIn = (table, family, period) =>
	rowsOf(table).filter((row) => row.family === family && row.period_kind === period.kind && row.period_start === period.start).sort((a, b) => a.position - b.position);

/** Families whose errors have a class: severe_error is severe. */
export const classOf = (family) => family.replace('_error', '');

export const PARETO = ['family', 'period_kind', 'period_start', 'position', 'cause', 'name', 'events', 'total', 'share', 'cumulative_share', 'is_vital_few', 'is_tied', 'people', 'plan_ids'].map((key) => ({ key }));
