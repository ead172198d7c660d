// Signals of topics: which are new, what they are called, how they are told from others.
import { dayBefore } from '../data/periods.js';
import { formatNumber } from '../words/format.js';
import { translate } from '../words/i18n.js';

const DAYS_BEFORE = 7;

export const signalLink = ($linkTo, id) => $linkTo('/warnings', { signal: id });

export const topicOf = (topic, language) => (topic === '*' ? translate(language, 'all_contacts') : (topic ?? ''));

/** The first of the dates that count as new: today and the seven before. */
export function newSince(asOfDate) {
	let date = asOfDate;
	for (let day = 0; day < DAYS_BEFORE; day += 1) date = dayBefore(date);
	return date;
}

/** The worst first, as they are published. */
export const newOf = (signals, asOfDate) => signals.filter((row) => row.local_date >= newSince(asOfDate));

/** The signal that is asked for, else the worst of the new ones. */
export const chosenOf = (signals, asked, asOfDate) => signals.find((row) => row.signal_id === asked) ?? newOf(signals, asOfDate)[0] ?? null;

export const hoursOf = (hours, { topic, local_date }) => hours.filter((row) => row.topic === topic && row.local_date === local_date);

/** How the level of the other topics was when it began. */
export const levelOf = (hours, signal) => hours.find((row) => row.hour_end === signal.first_hour_end)?.level_factor ?? null;

export const countsOf = (row, language) => `${formatNumber(row.contacts, language)} / ${formatNumber(row.expected, language, 1)}`;

/** In which words it is said when a signal could be known. */
export function knownWord({ local_date, known_on, is_known_within_day }) {
	if (is_known_within_day) return 'signal_known_now';
	return dayBefore(known_on) === local_date ? 'signal_known_next' : 'signal_known_later';
}

export const SAVED = ['signal_id', 'topic', 'local_date', 'first_hour_end', 'last_hour_end', 'detected_at', 'ended_at', 'known_on', 'is_known_within_day', 'contacts', 'expected', 'excess', 'peak_hour', 'first_complaint_at', 'first_action_at', 'action_count', 'signal_result', 'seconds_to_action', 'seconds_to_complaint', 'seconds_to_peak', 'complaints_expected', 'complaints_received', 'complaints_avoided_estimate'].map((key) => ({ key }));
