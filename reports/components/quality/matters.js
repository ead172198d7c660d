// What is an agent's own beside his numbers, by kind.
import { rowsOf } from '../data/tables.js';

export const mattersOf = (table, kind) => rowsOf(table).filter((row) => row.matter_kind === kind);

/** What an audition listens for; other items are knowledge points and items of the norms. */
export const AUDITION = ['voice', 'comprehension', 'summarising', 'emotional_control', 'quick_reaction'];

/** Code -> its name: of errors, leaves and items of the norms. */
export const matterNames = (codes, textOf, language) => new Map(rowsOf(codes).filter((row) => ['error_codes', 'complaint_leaves', 'norm_items'].includes(row.code_list)).map((row) => [row.code, textOf(row, 'name', language)]));

const keys = (...names) => names.map((key) => ({ key }));
export const DOCUMENT = keys('matter_id', 'document_title', 'document_kind', 'addressed_at', 'read_at', 'acknowledge_by', 'is_overdue');
export const PLAN = keys('matter_id', 'plan_kind', 'subject_kind', 'subject_id', 'kpi_id', 'owner_id', 'plan_state', 'starts_on', 'due_on', 'closed_on', 'days_late', 'before_numerator', 'before_denominator', 'before_rate', 'after_numerator', 'after_denominator', 'after_rate', 'change', 'ci_lower', 'ci_upper', 'plan_verdict');
export const TEST = keys('skill_test_id', 'taken_on', 'test_kind', 'test_item', 'score', 'is_passed');
