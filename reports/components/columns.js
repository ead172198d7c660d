// Columns of a table whose shape is the publisher's: heads in words, instants in the centre's zone, the rest as it is.
import { columnWords } from './columnWords.js';
import { words } from './words.js';

const HIDDEN = new Set(['file_hash', 'adapter_fingerprint']);
const INSTANT = /_at$/;

export function columnsOf(table, word, instant, measures = new Map(), language = 'en') {
	return table.columns
		.filter((key) => !HIDDEN.has(key))
		.map((key) => ({ key, label: columnLabel(key, measures, language), number: isNumeric(table, key), show: (row) => cellText(row, key, word, instant) }));
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

function cellText(row, key, word, instant) {
	const value = row[key];
	if (value === null || value === undefined) return '';
	if (INSTANT.test(key) && typeof value === 'string') return instant(value);
	if (typeof value === 'boolean') return value ? '✓' : '✕';
	if (key === 'state' && words[`state_${value}`]) return word(`state_${value}`);
	if (key === 'channel' && words[`channel_${value}`]) return word(`channel_${value}`);
	if (typeof value === 'object') return JSON.stringify(value);
	return typeof value === 'number' ? value.toLocaleString('en-GB', { maximumFractionDigits: 3 }) : String(value);
}
