// Tables as CSV files. A cell that a spreadsheet would run as a formula gets an apostrophe in front; plain numbers stay.
const FORMULA = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

export function csvCell(value) {
	if (value === null || value === undefined) return '';
	let text = String(value);
	if (FORMULA.test(text.trimStart()) && !NUMBER.test(text)) text = `'${text}`;
	return /[",\n\r;]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvText = (columns, rows) =>
	[columns.map((c) => csvCell(c.label ?? c.key)), ...rows.map((row) => columns.map((c) => csvCell(row[c.key])))]
		.map((cells) => cells.join(','))
		.join('\r\n');

/** Saves rows in base units; the mark at the start lets spreadsheets read Chinese. */
export function saveCsv(fileName, columns, rows) {
	const blob = new Blob(['\uFEFF', csvText(columns, rows)], { type: 'text/csv;charset=utf-8' });
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = `${fileName.replace(/[^\p{L}\p{N}_-]+/gu, '_')}.csv`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
