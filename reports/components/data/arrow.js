// Published tables as Arrow streams, the one form that the browser database reads without fetching an extension. The
// vectors are laid out by hand: Arrow's own builders write code at run time, which the pages' security policy forbids.
import { Bool, DateDay, Float64, RecordBatch, Schema, Field, Struct, Table, Utf8, makeData, tableToIPC } from 'apache-arrow';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY = 86_400_000;

const bitmap = (cells, isSet) => {
	const bits = new Uint8Array(Math.ceil(cells.length / 8));
	cells.forEach((cell, i) => isSet(cell) && (bits[i >> 3] |= 1 << (i & 7)));
	return bits;
};

/** Numbers, booleans and dates keep their kind; everything else, and what is mixed, is text. */
function kindOf(cells) {
	const given = cells.filter((cell) => cell !== null);
	if (given.length && given.every((cell) => typeof cell === 'number')) return 'number';
	if (given.length && given.every((cell) => typeof cell === 'boolean')) return 'boolean';
	if (given.length && given.every((cell) => typeof cell === 'string' && DATE.test(cell))) return 'date';
	return 'text';
}

function textBuffers(cells) {
	const encoder = new TextEncoder();
	const parts = cells.map((cell) => encoder.encode(cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell)));
	const valueOffsets = new Int32Array(cells.length + 1);
	parts.forEach((part, i) => (valueOffsets[i + 1] = valueOffsets[i] + part.length));
	const data = new Uint8Array(valueOffsets[cells.length]);
	parts.forEach((part, i) => data.set(part, valueOffsets[i]));
	return { valueOffsets, data };
}

const BUFFERS = {
	number: (cells) => ({ type: new Float64(), data: Float64Array.from(cells, (cell) => cell ?? 0) }),
	boolean: (cells) => ({ type: new Bool(), data: bitmap(cells, (cell) => cell) }),
	date: (cells) => ({ type: new DateDay(), data: Int32Array.from(cells, (cell) => (cell === null ? 0 : Date.parse(cell) / DAY)) }),
	text: (cells) => ({ type: new Utf8(), ...textBuffers(cells) })
};

function columnData(cells) {
	const nullCount = cells.filter((cell) => cell === null).length;
	return makeData({ ...BUFFERS[kindOf(cells)](cells), length: cells.length, nullCount, nullBitmap: bitmap(cells, (cell) => cell !== null) });
}

/** A columnar table { columns, rows } as the bytes of an Arrow stream. */
export function arrowStream({ columns, rows }) {
	const children = columns.map((_, i) => columnData(rows.map((row) => row[i] ?? null)));
	const schema = new Schema(columns.map((name, i) => new Field(name, children[i].type, true)));
	const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }));
	return tableToIPC(new Table([batch]), 'stream');
}
