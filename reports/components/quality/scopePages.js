// What the pages of quality governance read of a scope, and which scopes they can be asked for.
import { load, loadNamed } from '../data/data.js';
import { isOverlapping } from '../data/periods.js';
import { rowsOf } from '../data/tables.js';
import { readScope } from '../scorecard/scorecard.js';

export const keyOf = (scope) => `${scope.scope_kind}|${scope.scope_id}`;

/** Centre and teams, the widest first, and the reader himself on a site of his own. */
export function scopesToPick(site) {
	const files = site.manifest.files;
	const isShown = ({ scope_kind, scope_id }) => Boolean(files[`scope/${scope_kind}/${scope_id}`]);
	const own = site.scopes.filter((s) => s.scope_kind === 'agent' && s.scope_kind === site.own.kind && s.scope_id === site.own.id);
	const teams = site.scopes.filter((s) => s.scope_kind === 'team' && s.is_active !== false);
	return [...site.scopes.filter((s) => s.scope_kind === 'centre'), ...own, ...teams].filter(isShown);
}

/** The scope of the address, else the one whose pages these are, else the first. */
export function pickScope(picks, asked, own) {
	const find = (key) => picks.find((scope) => keyOf(scope) === key);
	return find(asked) ?? find(`${own.kind}|${own.id}`) ?? picks[0];
}

/** The values of a scope, with those of its closed periods and what was restated of them. */
export async function readValues(kind, id) {
	const file = await load(`scope/${kind}/${id}`);
	if (!file) return null;
	const [history, restated] = await Promise.all([loadNamed(file.history), load(`restated/${kind}/${id}`)]);
	return readScope(file, history, [], restated);
}

/** Of periods that overlap the last one: of the others what records were about is not published. */
export function latestOf(rows) {
	const last = new Map();
	for (const { period_kind, period_end } of rows) if (period_end > (last.get(period_kind) ?? '')) last.set(period_kind, period_end);
	return rows.filter((row) => !isOverlapping(row.period_kind) || row.period_end === last.get(row.period_kind));
}

/** Everybody's values of a KPI in a period. */
export async function rankingOf(kpiId, { kind, start }) {
	const file = await load(`kpi/${kpiId}`);
	const rows = [...rowsOf(file?.values), ...rowsOf(await loadNamed(file?.periods?.[kind]?.[start]))];
	return rows.map((row) => ({ kpi_id: kpiId, period_kind: kind, period_start: start, ...row })).filter((row) => row.period_kind === kind && row.period_start === start);
}

/** The teams below a scope, each followed by those below it; of the centre all. */
export function teamsBelow(scopes, { scope_kind, scope_id }) {
	const teams = scopes.filter((s) => s.scope_kind === 'team');
	const known = new Set(teams.map((s) => s.scope_id));
	const isTop = (s) => s.parent_scope_kind !== 'team' || !known.has(s.parent_scope_id);
	const seen = new Set();
	const withThoseBelow = (team) => {
		// A tree that leads back to itself must not hang the page
		if (seen.has(team.scope_id)) return [];
		seen.add(team.scope_id);
		return [team, ...below(team.scope_id).flatMap(withThoseBelow)];
	};
	const below = (id) => teams.filter((s) => s.parent_scope_kind === 'team' && s.parent_scope_id === id);
	return (scope_kind === 'centre' ? teams.filter(isTop) : below(scope_id)).flatMap(withThoseBelow);
}
