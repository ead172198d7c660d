// SQL of an analyst's own page: starts the browser database with the first query and loads the tables that it names.
import { load, openManifest, rowsOf } from './data.js';

const started = new Map();

/** Published tables by name, as the manifest lists them. */
export const publishedTables = async () => (await openManifest())?.tables ?? {};

/** Runs the SQL of a page's block; `callback` is Evidence's own hand-over of the rows. */
export async function queryPublished(sql, { callback = (rows) => rows } = {}) {
	const database = await import('@evidence-dev/universal-sql/client-duckdb');
	await database.initDB();
	const named = Object.keys(await publishedTables()).filter((name) => mentions(sql, name));
	await Promise.all(named.map((name) => loadOnce(database, name)));
	return callback(await database.query(sql));
}

const mentions = (sql, name) => new RegExp(`(^|[^\\w])${name}($|[^\\w])`, 'i').test(sql);

function loadOnce(database, name) {
	if (!started.has(name)) started.set(name, loadTable(database, name));
	return started.get(name);
}

async function loadTable(database, name) {
	const bytes = await arrowBytes(await load(`table/${name}`));
	await database.loadArrowTable('scorecard', name, bytes);
	// So that both `fct_kpi_value` and `scorecard.fct_kpi_value` work, as they do on the published file
	await database.query(`create or replace view main."${name}" as select * from scorecard."${name}"`);
}

/** Columns as an Arrow stream: the one form that the engine reads without fetching an extension. */
export async function arrowBytes(table) {
	const { Table, tableToIPC, vectorFromArray } = await import('apache-arrow');
	const rows = rowsOf(table);
	const vectors = await Promise.all(
		table.columns.map(async (column) => {
			const cells = rows.map((row) => row[column] ?? null);
			return [column, vectorFromArray(cellsFor(cells), await typeFor(cells))];
		})
	);
	return tableToIPC(new Table(Object.fromEntries(vectors)), 'stream');
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const isDate = (cells) => cells.some((c) => c !== null) && cells.every((c) => c === null || (typeof c === 'string' && DATE.test(c)));

const cellsFor = (cells) => {
	if (isDate(cells)) return cells.map((c) => c && new Date(`${c}T00:00:00Z`));
	return cells.map((c) => (c !== null && typeof c === 'object' ? JSON.stringify(c) : c));
};

async function typeFor(cells) {
	const { Bool, DateDay, Float64, Utf8 } = await import('apache-arrow');
	if (isDate(cells)) return new DateDay();
	const kinds = new Set(cells.filter((c) => c !== null).map((c) => typeof c));
	if (kinds.size === 1 && kinds.has('number')) return new Float64();
	if (kinds.size === 1 && kinds.has('boolean')) return new Bool();
	return new Utf8();
}
