// The one form of all tables of the publication: { columns, rows }.

/** A table { columns, rows } as plain objects. */
export function rowsOf(table) {
	if (!table?.columns) return [];
	const { columns } = table;
	return table.rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
}
