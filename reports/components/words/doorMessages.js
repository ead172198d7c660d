// What the door says of records and files. Findings come as a code and what fills its words; in Chinese they are said in the
// words of reasonWords.js, in English by the text that the door wrote with them. So is what an older version took: it has no
// codes beside its text.
import { nameWords, reasonDetails, reasonWords, remarkWords } from './reasonWords.js';

const PARAMETER = /\{(\w+)(?:\|(\w+))?\}/g;

/** The details of a finding as an object, however they come: as JSON text, as an object, or not at all. */
function parsed(details) {
	if (typeof details !== 'string') return details ?? {};
	try {
		return JSON.parse(details) ?? {};
	} catch {
		return {};
	}
}

/** A value as it is said: of a list its parts, of what has a name by a list of names that. */
const said = (value, names) => (Array.isArray(value) ? value.join('、') : (nameWords[names]?.[value] ?? String(value)));

/** The text with its parameters filled in, null if one of them is not known. */
function filled(text, values) {
	const isKnown = [...text.matchAll(PARAMETER)].every(([, name]) => values[name] !== undefined && values[name] !== null);
	return isKnown ? text.replace(PARAMETER, (_, name, names) => said(values[name], names)) : null;
}

/** What is wrong with a record of the quarantine: its `message`, or the Chinese words of its `check_name` and `details`. */
export function reasonText({ check_name, details, message }, language) {
	const known = language === 'zh' && reasonWords[check_name];
	if (!known) return message;
	const values = parsed(details);
	const more = (reasonDetails[check_name] ?? []).map((text) => filled(text, values)).find((text) => text !== null);
	return more === undefined ? known[0] : `${known[0]}（${more}）`;
}

/** What to do about it. */
export const remedyText = ({ check_name, remedy }, language) => (language === 'zh' && reasonWords[check_name]?.[1]) || remedy;

/** The remarks on a file in the reader's language. */
export function fileText({ message, remarks }, language) {
	const told = parsed(remarks);
	if (language !== 'zh' || !Array.isArray(told) || !told.length) return message ?? '';
	const texts = told.map(remarkText);
	return texts.includes(null) ? (message ?? '') : texts.join(' ');
}

/** One remark in Chinese: one of a file by its own words, else a check with what to do; null if it has no words. */
function remarkText({ code, details }) {
	const values = details ?? {};
	if (remarkWords[code]) {
		return filled(remarkWords[code], { ...values, reason: reasonText({ message: values.check_name, ...values }, 'zh') });
	}
	if (!reasonWords[code]) return null;
	return `${reasonText({ check_name: code, details: values }, 'zh')}。${remedyText({ check_name: code }, 'zh')}`;
}
