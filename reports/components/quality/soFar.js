// What errors and complaints came to so far, in a sentence: how many, what they cost, and what that is like.
import { rowsOf } from '../data/tables.js';
import { formatNumber } from '../words/format.js';
import { translate } from '../words/i18n.js';

/** All causes of a family together. */
export const WHOLE = '*';

/** The row of a cause; none where nothing happened, or where it is not told. */
export const soFarIn = (table, family, cause = WHOLE) => rowsOf(table).find((row) => row.family === family && row.cause === cause);

/** What it cost and is like; empty where the centre does not say what one costs. */
export function costOf(row, language) {
	if (!row || row.money === null) return '';
	const like = row[`equivalent_names_${language}`].map((name, at) => translate(language, 'so_far_like', { amount: formatNumber(row.equivalent_amounts[at], language, 1), name }));
	const money = translate(language, 'so_far_money', { money: formatNumber(row.money, language), currency: row.currency });
	return [money, ...like].join(translate(language, 'comma'));
}

export function sentenceOf(row, language) {
	if (!row) return '';
	const count = translate(language, row.family === 'complaint' ? 'so_far_complaints' : 'so_far_errors', { count: formatNumber(row.events, language) });
	return [count, costOf(row, language)].filter(Boolean).join(translate(language, 'comma'));
}
