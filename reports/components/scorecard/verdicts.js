// How a row looks: colour, sign and word together, so that none of the three has to be seen alone.
import { isMissing } from '../words/format.js';

const SIGNS = { good: '✓', too_good: '?', watch: '!', chance: '~', bad: '✕', none: '·', insufficient: '≈', no_data: '–' };

/** One of good, too_good, watch, chance (watched, since it may be chance), bad, none, insufficient, no_data. */
export function lookOf(row) {
	if (!row || row.status === 'no_data' || isMissing(row.value)) return 'no_data';
	if (row.status === 'insufficient_sample') return 'insufficient';
	if (row.verdict === 'watch' && row.evidence === 'chance') return 'chance';
	return row.verdict in SIGNS ? row.verdict : 'none';
}

export const signOf = (look) => SIGNS[look];

export const sideOf = (row) => (row?.status === 'above_band' ? 'above' : row?.status === 'below_band' ? 'below' : null);

const WEIGHT = { bad: 0, watch: 1, too_good: 2, chance: 3 };

export const isOut = (row) => lookOf(row) in WEIGHT;

/** What hurts most comes first, then what has been out longest. */
export const byUrgency = (a, b) =>
	WEIGHT[lookOf(a.row)] - WEIGHT[lookOf(b.row)] || (a.row.out_since ?? '9') .localeCompare(b.row.out_since ?? '9');
