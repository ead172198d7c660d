// What makes the gap between a value and its bound: which KPIs, periods and wholes are told, and the parts in their order.
import { loadNamed } from '../data/data.js';
import { rowsOf } from '../data/tables.js';

/** The KPIs that any gap is told of, those first whose centre is beyond its bound in the period; each with that gap. */
export function gapsIn(index, catalogue, { kind, start }) {
	const told = catalogue.kpis.filter((kpi) => index[kpi.kpi_id]?.[kind]?.[start]);
	const list = told.map((kpi) => ({ kpi, gap: index[kpi.kpi_id][kind][start][1] }));
	const isBeyond = ({ gap }) => gap > 0;
	return [...list.filter(isBeyond), ...list.filter((one) => !isBeyond(one))];
}

/** Every period that a gap of any KPI is told of. */
export function placesIn(index) {
	const places = new Map();
	for (const kinds of Object.values(index)) {
		for (const [kind, starts] of Object.entries(kinds)) for (const start of Object.keys(starts)) places.set(`${kind}|${start}`, { period_kind: kind, period_start: start });
	}
	return [...places.values()];
}

/** The wholes and parts of a KPI in a period; null where nothing is told. */
export async function readGap(index, kpiId, { kind, start }) {
	const file = await loadNamed(index[kpiId]?.[kind]?.[start]?.[0]);
	return file && { wholes: rowsOf(file.wholes), parts: rowsOf(file.parts) };
}

const isOf = (row, whole) => row.whole_kind === whole.whole_kind && row.whole_id === whole.whole_id;

/** The parts of a whole: teams, and agents; the rest of each, which nobody has alone, at its end. */
export function splitsOf(parts, whole) {
	const mine = parts.filter((row) => isOf(row, whole));
	const isRest = (row) => ['shared', 'unassigned', 'others'].includes(row.part_kind);
	return ['team', 'agent']
		.map((split) => mine.filter((row) => row.split === split))
		.filter((rows) => rows.length)
		.map((rows) => ({ split: rows[0].split, rows: [...rows.filter((row) => !isRest(row)), ...rows.filter(isRest)] }));
}

/** The whole of the address; else the widest that is made of several parts, since one part alone says nothing. */
export function pickWhole(told, asked) {
	const byKey = (key) => told.wholes.find((whole) => `${whole.whole_kind}|${whole.whole_id}` === key);
	const named = (whole) => told.parts.filter((row) => isOf(row, whole) && row.split === 'team' && row.part_kind === 'team');
	const own = byKey(asked);
	if (own) return own;
	let whole = byKey('centre|centre') ?? told.wholes[0];
	for (let below = whole; below; below = named(below).length === 1 ? byKey(`team|${named(below)[0].part_id}`) : null) whole = below;
	return whole;
}
