// What the complaints of a scope and period were about, arranged as the list of complaints is: causes, their kinds, and the
// leaves of kinds that have several. Everything that adds up was added up before it was published.
import { rowsOf } from '../data/tables.js';
import { textOf } from '../words/i18n.js';

export const COMPLAINT_KPIS = ['complaint_rate', 'complaint_upheld_rate', 'complaints_pending', 'complaint_decision_time'];

/** Ours, beside the four causes of the list: waits, products and the like; and what no list knows. */
const APART = new Set(['other', '-']);
const NONE = { received: 0, decided: 0, upheld: 0, pending: 0, people: 0 };

/** The parts of a period by kind of part and part. */
export function partsOf(table, period) {
	const here = rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start);
	return new Map(here.map((row) => [`${row.part_kind}|${row.part_id}`, row]));
}

const leavesOf = (codes) => rowsOf(codes).filter((row) => row.code_list === 'complaint_leaves');
const kindOf = (leaf) => [leaf.group_code, leaf.kind].filter(Boolean).join('.');
const unique = (list) => [...new Set(list)];

/** The lines of the tree: { level, part_kind, part_id, name, received, decided, upheld, pending, people }, what never came up too. */
export function treeOf(codes, parts, language) {
	const leaves = leavesOf(codes);
	const line = (level, part_kind, part_id, name) => ({ ...NONE, ...parts.get(`${part_kind}|${part_id}`), level, part_kind, part_id, name });
	return unique(leaves.map((leaf) => leaf.group_code)).filter((cause) => !APART.has(cause)).flatMap((cause) => {
		const ofCause = leaves.filter((leaf) => leaf.group_code === cause);
		const kinds = unique(ofCause.map(kindOf)).flatMap((kind) => {
			const ofKind = ofCause.filter((leaf) => kindOf(leaf) === kind);
			const deeper = ofKind.length > 1 ? ofKind.map((leaf) => line(2, 'leaf', leaf.code, textOf(leaf, 'name', language))) : [];
			return [line(1, 'kind', kind, textOf(ofKind[0], 'kind', language) || textOf(ofKind[0], 'name', language)), ...deeper];
		});
		return [line(0, 'cause', cause, textOf(ofCause[0], 'group', language)), ...kinds];
	});
}

/** What is not about the service of people: leaves of ours, and those that are on no list or name none. */
export function apartOf(codes, parts, language) {
	const nameOf = new Map(leavesOf(codes).map((leaf) => [leaf.code, textOf(leaf, 'name', language)]));
	const isApart = (leaf) => leaf === '-' || !nameOf.has(leaf) || leaf.startsWith('other.');
	const told = [...parts.values()].filter((row) => row.part_kind === 'leaf' && isApart(row.part_id)).map((row) => ({ ...row, name: nameOf.get(row.part_id) ?? '' }));
	const never = [...nameOf].filter(([code]) => code.startsWith('other.') && !parts.has(`leaf|${code}`)).map(([part_id, name]) => ({ ...NONE, part_kind: 'leaf', part_id, name }));
	return [...told, ...never].sort((a, b) => b.received - a.received);
}

export const topicsOf = (parts) => [...parts.values()].filter((row) => row.part_kind === 'topic');

/** Leaves by their code, for the lines of single complaints. */
export const leafNames = (codes, language) => new Map(leavesOf(codes).map((leaf) => [leaf.code, textOf(leaf, 'name', language)]));

/** The complaints about one part of the list; all where none is asked for. */
export function recordsAbout(rows, codes, about) {
	const leaves = new Set(leavesOf(codes).filter((leaf) => [leaf.code, leaf.group_code, kindOf(leaf)].includes(about)).map((leaf) => leaf.code));
	return rows.filter((row) => !about || row.leaf === about || leaves.has(row.leaf) || (about === '-' && !row.leaf));
}

/** The month report: the KPIs of the scope, then every part, what never came up too. */
export function reportOf(entries, lines, topics, scope, period, language) {
	const head = { scope_kind: scope.scope_kind, scope_id: scope.scope_id, period_kind: period.kind, period_start: period.start, period_end: period.end };
	const kpis = entries.map(({ kpi, row }) => ({ ...row, part_kind: 'kpi', part_id: kpi.kpi_id, name: textOf(kpi, 'name', language) }));
	return [...kpis, ...lines, ...topics].map((row) => ({ ...row, ...head }));
}

export const REPORT = ['scope_kind', 'scope_id', 'period_kind', 'period_start', 'period_end', 'part_kind', 'part_id', 'name', 'received', 'decided', 'upheld', 'pending', 'people', 'value', 'n', 'numerator', 'denominator', 'ci_lower', 'ci_upper'].map((key) => ({ key }));
