// From base units (shares 0-1, seconds, points) to the reader's form. The only arithmetic on values in the pages.
const LOCALE = { en: 'en-GB', zh: 'zh-CN' };
const SUFFIX = {
	per_1000: { en: ' per 1,000', zh: ' / 千次' },
	stars: { en: ' stars', zh: ' 星' },
	erlang: { en: ' erl', zh: ' 爱尔兰' },
	hours: { en: ' h', zh: ' 小时' },
	minutes: { en: ' min', zh: ' 分钟' }
};
const DASH = '–';
const APART = ['points', 'contacts', 'messages', 'reviews', 'money'];

export const isMissing = (value) => value === null || value === undefined || Number.isNaN(value);

export const formatNumber = (value, language, decimals = 0) =>
	isMissing(value)
		? DASH
		: value.toLocaleString(LOCALE[language], { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export function formatDuration(seconds, language, decimals = 0) {
	if (isMissing(seconds)) return DASH;
	const sign = seconds < 0 ? '−' : '';
	const words = language === 'zh' ? { h: ' 小时 ', m: ' 分 ', m2: ' 分', s: ' 秒' } : { h: ' h ', m: ' min ', m2: ' min', s: ' s' };
	const length = Math.abs(seconds);
	if (Number(length.toFixed(decimals)) < 60) return sign + formatNumber(length, language, decimals) + words.s;
	const whole = Math.round(length);
	const pad = (n) => String(n).padStart(2, '0');
	if (whole < 3600) return `${sign}${Math.floor(whole / 60)}${words.m}${pad(whole % 60)}${words.s}`;
	return `${sign}${formatNumber(Math.floor(whole / 3600), language)}${words.h}${pad(Math.floor((whole % 3600) / 60))}${words.m2}`;
}

/** A value of a KPI with its unit: 0.983 as "98.3 %", 125 seconds as "2 min 05 s". */
export function formatValue(value, kpi, language) {
	if (isMissing(value)) return DASH;
	const decimals = kpi?.decimals ?? 1;
	if (kpi?.unit === 'share') return `${formatNumber(value * 100, language, decimals)}${language === 'zh' ? '%' : ' %'}`;
	if (kpi?.unit === 'seconds') return formatDuration(value, language, decimals);
	const unit = kpi?.currency ? ` ${kpi.currency}` : (SUFFIX[kpi?.unit]?.[language] ?? '');
	return formatNumber(value, language, decimals) + unit;
}

/** Is the unit one that the value does not carry itself? Then it is said beside it. */
export const isUnitApart = (kpi) => APART.includes(kpi?.unit) && !kpi.currency;

/** 1 up, -1 down, 0 for what rounds to nothing: that is no change to the reader. */
export function directionOf(change, kpi) {
	const size = Math.abs(change);
	const isNothing = Number((kpi?.unit === 'share' ? size * 100 : size).toFixed(kpi?.decimals ?? 1)) === 0;
	return isNothing ? 0 : Math.sign(change);
}

/** The arrow before a change; it goes with its sign. */
export const arrowOf = (change, kpi) => ['↘', '→', '↗'][directionOf(change, kpi) + 1];

/** A difference of two values: shares in percentage points, always with a sign. */
export function formatChange(change, kpi, language) {
	if (isMissing(change)) return DASH;
	const size = Math.abs(change);
	const sign = ['−', '±', '+'][directionOf(change, kpi) + 1];
	if (kpi?.unit === 'share') {
		return `${sign}${formatNumber(size * 100, language, kpi.decimals ?? 1)}${language === 'zh' ? ' 个百分点' : ' pp'}`;
	}
	return sign + formatValue(size, kpi, language);
}

/** Bounds without needless zeros: "15–30 s", "≥ 98 %", "≤ 1 %"; an open side is left out. */
export function formatBand(lower, upper, kpi, language) {
	if (isMissing(lower) && isMissing(upper)) return null;
	const bound = (value) => formatTick(value, kpi, language);
	if (isMissing(upper)) return `≥ ${bound(lower)}`;
	if (isMissing(lower)) return `≤ ${bound(upper)}`;
	const low = bound(lower);
	const high = bound(upper);
	const unit = high.match(/\s?(%|s|秒)$/)?.[0];
	return unit && low.endsWith(unit) && !/min|分/.test(low + high) ? `${low.slice(0, -unit.length)}–${high}` : `${low} – ${high}`;
}

/** A round value as short as it can be said: "98 %", "1 min". */
export const formatTick = (value, kpi, language) =>
	formatValue(value, { ...kpi, decimals: neededDecimals(value, kpi) }, language).replace(/( min| 分) 00( s| 秒)$/, language === 'zh' ? ' 分钟' : '$1');

function neededDecimals(value, kpi) {
	const shown = kpi?.unit === 'share' ? value * 100 : value;
	return [0, 1, 2].find((decimals) => Math.abs(shown - Number(shown.toFixed(decimals))) < 1e-6) ?? 2;
}

/** Shares of three sides in the form that they are told in, a : b : 1 ("3.1 : 2.9 : 1"); null where the last one is empty. */
export const formatMix = (shares, language) =>
	shares.at(-1) > 0 ? [...shares.slice(0, -1).map((share) => formatNumber(share / shares.at(-1), language, 1)), '1'].join(' : ') : null;

export const dateOf = (text) => new Date(`${String(text).slice(0, 10)}T00:00:00Z`);

export const formatDate = (text, language, style = { day: 'numeric', month: 'short', year: 'numeric' }) =>
	text ? dateOf(text).toLocaleDateString(LOCALE[language], { ...style, timeZone: 'UTC' }) : DASH;

export const formatInstant = (text, language, zone) =>
	text ? new Date(text).toLocaleString(LOCALE[language], { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }) : DASH;

/** The day of an instant where the centre is. */
export const formatDayOf = (text, language, zone) =>
	text ? formatDate(new Date(text).toLocaleDateString('sv-SE', { timeZone: zone }), language) : DASH;

export const formatClock = (text, language, zone, style = {}) =>
	new Date(text).toLocaleTimeString(LOCALE[language], { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...style });

/** An instant among others of one local day: the clock alone, with its seconds; of another day in full. */
export const formatInstantOf = (day, text, language, zone) =>
	new Date(text).toLocaleDateString('sv-SE', { timeZone: zone }) === day ? formatClock(text, language, zone, { second: '2-digit' }) : formatInstant(text, language, zone);
