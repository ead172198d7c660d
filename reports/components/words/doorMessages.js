// What the door says of records and files. It writes English sentences with the names and values of each case; in Chinese
// the kind of failure is said in the words of reasonWords.js, with the names and values taken from the sentence.
import { reasonWords } from './reasonWords.js';

/** What a sentence of the kind holds beyond the kind itself, and how it is said. */
const DETAILS = {
	unknown_value: [/is none of: (.+)\.$/, '允许'],
	missing_column: [/has no column ([^;.(]+)/, '缺少'],
	unknown_format: [/ending in (\.\S+) /, '结尾'],
	out_of_range: [/years (\d+ to \d+)/, '年份'],
	duplicate_column: [/`([^`]+)`/, '列名']
};

/** What is wrong with a record of the quarantine: its `message`, or the Chinese words of its `check_name`. */
export function reasonText({ check_name, message }, language) {
	const known = language === 'zh' && reasonWords[check_name];
	if (!known) return message;
	const [pattern, label] = DETAILS[check_name] ?? [];
	const found = pattern?.exec(message ?? '')?.[1];
	return found ? `${known[0]}（${label}：${found.replaceAll(', ', '、').replace(' to ', '–')}）` : known[0];
}

/** What to do about it. */
export const remedyText = ({ check_name, remedy }, language) => (language === 'zh' && reasonWords[check_name]?.[1]) || remedy;

const SAME = /The same content as (.+?), which was taken before; nothing was added\./;
const QUARANTINED = /(\d+) of (\d+) records are in quarantine, most often because: (.+?) \(first on line (\w+)\)/;
const REPEATED = /(\d+) records repeat earlier ones of the file\./;

/** The remark on a file; `reasons` are the rows of the quarantine, by which its sentences are known again. */
export function fileText(message, reasons, language) {
	if (language !== 'zh' || !message) return message ?? '';
	const known = (sentence) => reasons.find((row) => row.message === sentence) ?? { message: sentence };
	return reasons
		.reduce((text, row) => text.replace(`${row.message} ${row.remedy}`, () => `${reasonText(row, language)}。${remedyText(row, language)}`), message)
		.replace(SAME, '内容与此前接收的 $1 相同，未新增数据。')
		.replace(QUARANTINED, (_, some, all, sentence, line) => `${all} 条记录中有 ${some} 条被隔离，最常见的原因：${reasonText(known(sentence), language)}（首见于第 ${line} 行）。`)
		.replace(REPEATED, '$1 条与本文件中较早的记录重复。');
}
