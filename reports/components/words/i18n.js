// The language of the page: from the link, else the reader's last choice, else the centre's own.
import { derived, writable } from 'svelte/store';
import { words } from './words.js';

const INDEX = { en: 0, zh: 1 };
const STORED = 'scorehouse-language';

export const lang = writable('en');

export const isLanguage = (value) => value === 'en' || value === 'zh';

export function startLanguage(fromLink, ofCentre) {
	const choice = [fromLink, storedLanguage(), ofCentre].find(isLanguage) ?? 'en';
	lang.set(choice);
	return choice;
}

export function storedLanguage() {
	try {
		return localStorage.getItem(STORED);
	} catch {
		return null; // a browser that forbids storage still shows the page
	}
}

export function keepLanguage(language) {
	lang.set(language);
	try {
		localStorage.setItem(STORED, language);
	} catch {
		// the link still carries it
	}
}

export function translate(language, key, values = {}) {
	const pair = words[key];
	if (!pair) return key;
	return pair[INDEX[language]].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `$t('since', { date })` in a component; a word that is not in the dictionary is shown as its key. */
export const t = derived(lang, ($lang) => (key, values) => translate($lang, key, values));

/** The text of a data row in the language, such as `name_en` and `name_zh`. */
export const textOf = (row, field, language) => row?.[`${field}_${language}`] || row?.[`${field}_en`] || '';

/** The name of a scope: channels are a fixed list with names of ours, all else is named by the data. */
export function scopeName(scope, language) {
	if (!scope) return '';
	const key = `channel_${scope.scope_id}`;
	if (scope.scope_kind === 'channel' && words[key]) return translate(language, key);
	const name = cleanName(scope.scope_name || scope.scope_id);
	return scope.scope_kind === 'team_channel' ? withChannel(name, scope.scope_id, language) : name;
}

/** "Web Chat A / app" in the reader's words: a team on a channel is named by both. */
function withChannel(name, id, language) {
	const channel = id.split('|').at(-1);
	const end = ` / ${channel}`;
	return words[`channel_${channel}`] && name.endsWith(end) ? `${name.slice(0, -channel.length)}${translate(language, `channel_${channel}`)}` : name;
}

/** Segment and tenure band of a person in words; segments are the centre's own, some are known to everybody. */
export function tenureText(scope, language) {
	const known = (key, plain) => (words[key] ? translate(language, key) : plain);
	const parts = [
		scope.segment ? known(`segment_${scope.segment}`, scope.segment) : '',
		scope.tenure_band ? known(`tenure_${scope.tenure_band}`, scope.tenure_band) : ''
	];
	return [...new Set(parts.filter(Boolean))].join(language === 'zh' ? '、' : ', ');
}

/** Control and direction marks out: they could make a name look like another text. */
export const cleanName = (name) => String(name).replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
