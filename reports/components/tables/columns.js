// Columns of a table whose shape is the publisher's: heads and known values in words, people and queues by name, dates and
// instants in the reader's form, the rest as it is.
import { get } from 'svelte/store';
import { page } from '$app/stores';
import { columnWords, valueWords } from '../words/columnWords.js';
import { formatDate, formatNumber } from '../words/format.js';
import { scopeName } from '../words/i18n.js';
import { words } from '../words/words.js';

// Of no use to a reader: digests, and the codes of which other columns are the words
const HIDDEN = new Set(['file_hash', 'adapter_fingerprint', 'details', 'remarks']);
const INSTANT = /_at$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Columns that hold ids of scopes; a contact of several people has theirs in one cell. */
const NAMED = { agent_id: 'agent', reviewer_id: 'agent', monitor_id: 'agent', helped_agent_id: 'agent', tester_id: 'agent', auditor_id: 'agent', coached_agent_id: 'agent', queue_id: 'queue', channel: 'channel' };

export function columnsOf(table, word, instant, measures = new Map(), language = 'en') {
	const context = { word, instant, language, nameOf: namesIn(get(page).data.site?.scopes ?? [], language) };
	return table.columns
		.filter((key) => !HIDDEN.has(key))
		.map((key) => ({ key, label: columnLabel(key, measures, language), number: isNumeric(table, key), show: (row) => cellText(row[key], key, context) }));
}

/** The names of scopes by kind and id; nothing for one that this publication does not know. */
function namesIn(scopes, language) {
	const byKey = new Map(scopes.map((scope) => [`${scope.scope_kind}|${scope.scope_id}`, scope]));
	return (kind, id) => scopeName(byKey.get(`${kind}|${id}`), language);
}

/** A head in words: from the dictionary of columns, from the catalogue's measures, else the name itself. */
export function columnLabel(key, measures, language) {
	if (columnWords[key]) return columnWords[key][language === 'zh' ? 1 : 0];
	const measure = measures.get(key);
	return measure?.[`label_${language}`] || key.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
}

function isNumeric(table, key) {
	const at = table.columns.indexOf(key);
	const cells = table.rows.slice(0, 50).map((row) => row[at]).filter((cell) => cell !== null);
	return cells.length > 0 && cells.every((cell) => typeof cell === 'number');
}

function cellText(value, key, context) {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return textOfCell(value, key, context);
	if (typeof value === 'boolean') return value ? '✓' : '✕';
	if (typeof value === 'object') return JSON.stringify(value);
	return Number.isInteger(value) ? formatNumber(value, context.language) : value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
}

function textOfCell(value, key, { word, instant, language, nameOf }) {
	if (INSTANT.test(key)) return instant(value);
	if (DATE.test(value)) return formatDate(value, language);
	const known = valueWords[key]?.[value];
	if (known) return known[language === 'zh' ? 1 : 0];
	if (key === 'state' && words[`state_${value}`]) return word(`state_${value}`);
	if (key === 'topic' && words[`topic_${value}`]) return word(`topic_${value}`);
	if (!NAMED[key]) return value;
	const name = (id) => nameOf(NAMED[key], id) || (key === 'channel' && words[`channel_${id}`] ? word(`channel_${id}`) : id);
	return value.split(', ').map(name).join(word('comma'));
}
