// The SQL behind a result, with the page's own scope, KPI and date written into it, ready to run on the published file.
const quoted = (value) => `'${String(value).replaceAll("'", "''")}'`;

export const sqlFor = (manifest, result, values = {}) =>
	manifest?.sql?.[result]?.replace(/\$(scope_kind|scope_id|kpi_id|date)\b/g, (whole, name) =>
		values[name] === undefined ? whole : quoted(values[name])
	);
