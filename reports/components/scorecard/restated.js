// What a value of a closed period was before it was published otherwise, and why it was.
import { formatBand, formatDayOf, formatNumber, formatValue, isMissing } from '../words/format.js';
import { translate } from '../words/i18n.js';
import { lookOf } from './verdicts.js';

/** The words of a row's newest restatement: "restated on 22 Apr 2026, was 100.0, because data came late". */
export function restatedText(row, kpi, language, zone) {
	const { restated } = row;
	return translate(language, restated.restated_count > 1 ? 'restated_times' : 'restated_on', {
		count: formatNumber(restated.restated_count, language),
		date: formatDayOf(restated.published_at, language, zone),
		was: wasText(row, restated, kpi, language),
		reason: translate(language, `because_${restated.restated_reason}`)
	});
}

export const lookBefore = (row) => lookOf({ value: row.old_value, status: row.old_status, verdict: row.old_verdict, evidence: row.old_evidence });

export const lookNow = (row) => lookOf({ value: row.new_value, status: row.new_status, verdict: row.new_verdict, evidence: row.new_evidence });

/** Files and settings behind a restatement: of its publication and reasons, with dates that reach into its period. */
export const causesOf = (row, causes) => {
	const reasons = (row.restated_reasons ?? row.restated_reason).split('|').map((reason) => reason.trim());
	return causes.filter((c) => c.publication === row.publication && reasons.includes(c.cause_reason) && c.first_date < row.period_end && c.last_date >= row.period_start);
};

/** The old value, and where it looks the same as the new one, what of it is not: verdict, else band, else number of cases. */
function wasText(row, old, kpi, language) {
	const value = isMissing(old.old_value) ? translate(language, 'no_value') : formatValue(old.old_value, kpi, language);
	if (formatValue(row.value, kpi, language) !== formatValue(old.old_value, kpi, language)) return value;
	const before = lookBefore(old);
	const bandOf = (lower, upper) => formatBand(lower, upper, kpi, language) ?? translate(language, 'no_band');
	const band = bandOf(old.old_lower_bound, old.old_upper_bound);
	const isOther = [
		[before !== lookOf(row), translate(language, `verdict_${before}`)],
		[band !== bandOf(row.lower_bound, row.upper_bound), `${translate(language, 'band')} ${band}`],
		[old.old_n !== row.n, `n ${formatNumber(old.old_n, language)}`]
	].find(([differs]) => differs);
	return isOther ? `${value} (${isOther[1]})` : value;
}
