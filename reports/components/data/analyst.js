// SQL of an analyst's own page: starts the browser database with the first query and loads the tables that it names.
import { load, loadNamed, openManifest } from './data.js';

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

/** A table with all its rows: those of wider scopes, which audiences share, stand in files that an audience's table names. */
async function readTable(name) {
	const table = await load(`table/${name}`);
	const more = await Promise.all((table?.more ?? []).map(loadNamed));
	return { ...table, rows: [table, ...more].flatMap((part) => part.rows) };
}

async function loadTable(database, name) {
	const [{ arrowStream }, table] = await Promise.all([import('./arrow.js'), readTable(name)]);
	await database.loadArrowTable('scorecard', name, arrowStream(table));
	// So that both `fct_kpi_value` and `scorecard.fct_kpi_value` work, as they do on the published file
	await database.query(`create or replace view main."${name}" as select * from scorecard."${name}"`);
}
