// What errors and complaints came to so far, in a sentence: how many, what they cost, and what that is like.
import { rowsOf } from '../data/tables.js';
import { formatNumber } from '../words/format.js';
import { translate } from '../words/i18n.js';

/** All causes of a family together. */
export const WHOLE = '*';

/** The row of a cause; none where nothing happened, or where it is not told. */
export const soFarIn = (table, family, cause = WHOLE) => rowsOf(table).find((row) => row.family === family && row.cause === cause);

/** The points that it took off, none where there are none or nobody says what one takes. */
const pointsOf = (row, language) => (row.points_deducted ? [translate(language, 'so_far_points', { points: formatNumber(row.points_deducted, language, Number.isInteger(row.points_deducted) ? 0 : 2) })] : []);

/** What it cost and is like, in points and, where the centre says what one costs, in money; empty without both. */
export function costOf(row, language) {
	if (!row) return '';
	const points = pointsOf(row, language);
	if (row.money === null) return points.join('');
	const like = row[`equivalent_names_${language}`].map((name, at) => translate(language, 'so_far_like', { amount: formatNumber(row.equivalent_amounts[at], language, 1), name }));
	const money = translate(language, 'so_far_money', { money: formatNumber(row.money, language), currency: row.currency });
	return [...points, money, ...like].join(translate(language, 'comma'));
}

export function sentenceOf(row, language) {
	if (!row) return '';
	const count = translate(language, row.family === 'complaint' ? 'so_far_complaints' : 'so_far_errors', { count: formatNumber(row.events, language) });
	return [count, costOf(row, language)].filter(Boolean).join(translate(language, 'comma'));
}
