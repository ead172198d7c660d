// The labelled facts under a KPI: only those that say something.
import { formatBand, formatChange, formatDate, formatNumber, formatTick, formatValue, isMissing } from '../words/format.js';
import { textOf } from '../words/i18n.js';
import { restatedText } from './restated.js';
import { lookOf } from './verdicts.js';

export function detailFacts({ kpi, row }, { catalogue, manifest }, language, word) {
	const value = (v) => formatValue(v, kpi, language);
	const amount = (v) => formatNumber(v, language, Number.isInteger(v) ? 0 : 2);
	const facts = [
		[word('numerator'), isMissing(row.numerator) ? null : amount(row.numerator)],
		[word('denominator'), isMissing(row.denominator) ? null : amount(row.denominator)],
		[word('cases'), isMissing(row.n) ? null : sampleText(row.n, kpi, catalogue, language)],
		[word('excluded'), row.excluded_n ? formatNumber(row.excluded_n, language) : null],
		[word('adjusted'), row.excluded_n ? value(row.value) : null],
		[word('raw'), row.excluded_n ? value(row.raw_value) : null],
		[word('interval'), isMissing(row.ci_lower) ? null : `${value(row.ci_lower)} – ${value(row.ci_upper)}`],
		[word('half_of'), isMissing(row.p50) ? null : value(row.p50)],
		[word('ninety_of'), isMissing(row.p90) ? null : value(row.p90)],
		[word('previous'), isMissing(row.previous_value) ? null : value(row.previous_value)],
		[word('same_weekday'), isMissing(row.previous_weekday_value) ? null : weekdayText(row, kpi, language)],
		[word('reference'), referenceText(kpi, language, word)],
		[word('alarm'), formatBand(kpi.alarm_lower, kpi.alarm_upper, kpi, language)],
		[word('not_in_band'), row.out_since ? word(row.is_longer ? 'since_at_least' : 'since', { date: formatDate(row.out_since, language) }) : null],
		[word('restated'), row.restated ? restatedText(row, kpi, language, manifest.centre.time_zone) : null],
		[word('formula'), textOf(kpi, 'formula', language)],
		[word('verdict'), remark(row, kpi, word)]
	];
	return facts.filter(([, text]) => text);
}

/** The value of the weekday a week before, and how far it is away where the data say so. */
function weekdayText(row, kpi, language) {
	const change = isMissing(row.weekday_change) ? '' : ` (${formatChange(row.weekday_change, kpi, language)})`;
	return formatValue(row.previous_weekday_value, kpi, language) + change;
}

/** A sample with what it is made of: "85 · Signed-in agent-days". */
export function sampleText(n, kpi, catalogue, language) {
	const label = textOf(catalogue.measureByName.get(kpi.sample_measure), 'label', language);
	return [formatNumber(n, language), label].filter(Boolean).join(' · ');
}

/** Words of a list of the catalogue, each found by its beginning: "Week, Month". */
export const wordsOf = (start, list, language, word) => (list ? list.split('|').map((part) => word(start + part)).join(language === 'zh' ? '、' : ', ') : '');

/** Why a KPI has no value, with what would give it one. */
export const reasonText = ({ kpi, row }, language, word) =>
	word(`reason_${row.reason ?? 'unknown'}`, {
		settings: (kpi.missing_settings ?? '').replaceAll('|', language === 'zh' ? '、' : ', '),
		periods: wordsOf('period_', kpi.period_kinds, language, word)
	});

/** "20 s (standard)"; null without one. */
export function referenceText(kpi, language, word) {
	if (isMissing(kpi.reference_value)) return null;
	const kind = kpi.reference_kind ? ` (${word(`reference_${kpi.reference_kind}`)})` : '';
	return `${formatTick(kpi.reference_value, kpi, language)}${kind}`;
}

function remark(row, kpi, word) {
	if (row.status === 'insufficient_sample') {
		if (row.reason === 'low_participation') return word('reason_low_participation');
		return row.n < kpi.min_sample ? word('insufficient_why', { n: row.n, min: kpi.min_sample }) : word('insufficient_short');
	}
	if (lookOf(row) === 'chance') return word('chance_why');
	return row.is_provisional ? word('provisional_why') : null;
}
