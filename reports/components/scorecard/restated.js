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

/** The old value, and where it looks the same as the new one, what of it is not: verdict, else band, else number of cases. */
function wasText(row, old, kpi, language) {
	const value = isMissing(old.old_value) ? translate(language, 'no_value') : formatValue(old.old_value, kpi, language);
	if (formatValue(row.value, kpi, language) !== formatValue(old.old_value, kpi, language)) return value;
	const before = { value: old.old_value, status: old.old_status, verdict: old.old_verdict, evidence: old.old_evidence };
	const bandOf = (lower, upper) => formatBand(lower, upper, kpi, language) ?? translate(language, 'no_band');
	const band = bandOf(old.old_lower_bound, old.old_upper_bound);
	const isOther = [
		[lookOf(before) !== lookOf(row), translate(language, `verdict_${lookOf(before)}`)],
		[band !== bandOf(row.lower_bound, row.upper_bound), `${translate(language, 'band')} ${band}`],
		[old.old_n !== row.n, `n ${formatNumber(old.old_n, language)}`]
	].find(([differs]) => differs);
	return isOther ? `${value} (${isOther[1]})` : value;
}
