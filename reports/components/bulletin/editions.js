// What an edition of the bulletin shows: ratings by its time, praise, signals and documents of the day.
import { load } from '../data/data.js';
import { rowsOf } from '../data/tables.js';
import { isOf } from '../quality/records.js';

/** The published ranking, documents and warnings of a scope; what a publication has not is empty. */
export async function readEditions({ scope_kind, scope_id }) {
	const keys = [`ranking/${scope_kind}/${scope_id}`, `cascade/${scope_kind}/${scope_id}`, 'warnings'];
	const [ranking, cascade, warnings] = await Promise.all(keys.map(load));
	return { ranking: rowsOf(ranking), documents: rowsOf(cascade), signals: rowsOf(warnings?.signals) };
}

/** The editions of a day, the latest first. */
export const editionsOf = (ranking, day) => [...new Set(ranking.filter((row) => row.local_date === day).map((row) => row.edition))];

export const rowsIn = (ranking, day, edition) => ranking.filter((row) => row.local_date === day && row.edition === edition);

/** Praise of a day in a scope, of each person in one row. */
export const praiseOn = (praise, day, scope) => praise.filter((row) => row.local_date === day).filter(isOf(scope));

export const signalsOn = (signals, day) => signals.filter((row) => row.local_date === day);

/** Documents to be acknowledged on the day or later, published by then. */
export const documentsOn = (documents, day) =>
	documents.filter((row) => row.acknowledge_by && row.acknowledge_by >= day && (row.published_at ?? '') <= `${day}T99`);

/** The file of an edition that can be saved; null where there is none. */
export const fileOf = (manifest, day, edition, scope, form) => manifest.texts?.[`${day}/${edition}/${scope.scope_kind}/${scope.scope_id}/${form}`] ?? null;
