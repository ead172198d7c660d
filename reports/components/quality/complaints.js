// What the complaints of a scope and period were about, arranged as the list of complaints is: causes, their kinds, and the
// leaves of kinds that have several. Everything that adds up was added up before it was published.
import { rowsOf } from '../data/tables.js';
import { textOf } from '../words/i18n.js';

export const COMPLAINT_KPIS = ['complaint_rate', 'complaint_upheld_rate', 'complaints_pending', 'complaint_decision_time'];

/** Ours, beside the four causes of the list: waits, products and the like; and what no list knows. */
const APART = new Set(['other', '-']);
const MERGED = 'merged';
const NONE = { received: 0, decided: 0, upheld: 0, pending: 0, people: 0 };

/** The parts of a period by kind of part and part. */
export function partsOf(table, period) {
	const here = rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start);
	return new Map(here.map((row) => [`${row.part_kind}|${row.part_id}`, row]));
}

const leavesOf = (codes) => rowsOf(codes).filter((row) => row.code_list === 'complaint_leaves');
const kindOf = (leaf) => [leaf.group_code, leaf.kind].filter(Boolean).join('.');
const unique = (list) => [...new Set(list)];

/** What is told as one, since single ones had too few people: its line below a cause or kind, or of the whole. */
const mergedId = (above) => [above, MERGED].filter(Boolean).join('.');
export const isMerged = (id) => id === MERGED || id.endsWith(`.${MERGED}`);

/**
 * Which lines of one level are told. Of a whole that a reader sees a part of, what is not there may stand in the merged line,
 * or be of too few people: it is no zero. Only where the others are there and nothing is merged is there nothing else.
 */
function siblingsTold(lines, above, parts, { isPart, merged }) {
	if (!isPart) return lines;
	const isThere = ({ part_kind, part_id }) => parts.has(`${part_kind}|${part_id}`);
	const { part_kind, level } = lines[0];
	const together = parts.get(`${part_kind}|${mergedId(above?.part_id)}`);
	if (together) return [...lines.filter(isThere), { ...together, level, name: merged, is_merged: true }];
	const isTold = lines.some(isThere) || (above ? above.received === 0 : parts.size > 0);
	return isTold ? lines : [];
}

/** The lines of the tree: { level, part_kind, part_id, name, received, decided, upheld, pending, people }, what never came up too. */
export function treeOf(codes, parts, language, how) {
	const leaves = leavesOf(codes);
	const line = (level, part_kind, part_id, name) => ({ ...NONE, ...parts.get(`${part_kind}|${part_id}`), level, part_kind, part_id, name });
	const below = (above, list) => siblingsTold(list, above, parts, how);
	const leavesBelow = (kind) => {
		const ofKind = leaves.filter((leaf) => kindOf(leaf) === kind.part_id);
		return ofKind.length > 1 ? below(kind, ofKind.map((leaf) => line(2, 'leaf', leaf.code, textOf(leaf, 'name', language)))) : [];
	};
	const kindsBelow = (cause) => {
		const ofCause = leaves.filter((leaf) => leaf.group_code === cause.part_id);
		const kinds = unique(ofCause.map(kindOf)).map((kind) => {
			const first = ofCause.find((leaf) => kindOf(leaf) === kind);
			return line(1, 'kind', kind, textOf(first, 'kind', language) || textOf(first, 'name', language));
		});
		return below(cause, kinds).flatMap((kind) => [kind, ...(kind.is_merged ? [] : leavesBelow(kind))]);
	};
	const causes = unique(leaves.map((leaf) => leaf.group_code)).filter((cause) => !APART.has(cause));
	if (!causes.length) return [];
	const lines = causes.map((cause) => line(0, 'cause', cause, textOf(leaves.find((leaf) => leaf.group_code === cause), 'group', language)));
	return below(null, lines).flatMap((cause) => [cause, ...(cause.is_merged ? [] : kindsBelow(cause))]);
}

/** What is not about the service of people: leaves of ours, and those that are on no list or name none. */
export function apartOf(codes, parts, language, { isPart, merged }) {
	const nameOf = new Map(leavesOf(codes).map((leaf) => [leaf.code, textOf(leaf, 'name', language)]));
	const isOfOurs = (leaf) => leaf === '-' || leaf.startsWith('other.') || leaf.startsWith('-.');
	const isApart = (leaf) => isOfOurs(leaf) || !(nameOf.has(leaf) || isMerged(leaf));
	const named = (row) => (isPart && isMerged(row.part_id) ? { ...row, name: merged, is_merged: true } : { ...row, name: nameOf.get(row.part_id) ?? '' });
	const told = [...parts.values()].filter((row) => row.part_kind === 'leaf' && isApart(row.part_id)).map(named);
	const never = [...nameOf].filter(([code]) => !isPart && code.startsWith('other.') && !parts.has(`leaf|${code}`)).map(([part_id, name]) => ({ ...NONE, part_kind: 'leaf', part_id, name }));
	return [...told, ...never].sort((a, b) => b.received - a.received);
}

/** The topics; without one, the name is empty. */
export function topicsOf(parts, { isPart, merged }) {
	const named = (row) => (isPart && row.part_id === MERGED ? { ...row, name: merged, is_merged: true } : { ...row, name: row.part_id === '-' ? '' : row.part_id });
	return [...parts.values()].filter((row) => row.part_kind === 'topic').map(named);
}

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
