// Whom and what a scope had to do with in a period.
import { rowsOf } from '../data/tables.js';

export const mixIn = (table, period) => rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start);

const TAG = 'difficult_customer.';

/** Detail of the tag for difficult customers -> its name. */
export const tagNames = (codes, textOf, language) => new Map(rowsOf(codes).filter((row) => row.code_list === 'contact_tags' && row.code.startsWith(TAG)).map((row) => [row.code.slice(TAG.length), textOf(row, 'name', language)]));

export const MIX = ['period_kind', 'period_start', 'mix_kind', 'mix_code', 'name', 'contacts', 'base', 'share', 'team_share', 'centre_share'].map((key) => ({ key }));
