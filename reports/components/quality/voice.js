// What /voice tells of a scope: what customers like and do not, where the public speaks, and the records behind it.
import { rowsOf } from '../data/tables.js';

export const LOOP = ['closed_loop_rate', 'survey_follow_up_time', 'survey_response_rate'];
export const AVOIDABLE = ['avoidable_contact_rate', 'avoidable_judged_share'];
export const MENTIONED = ['mentions', 'negative_mention_share'];
export const PRAISE = ['praise_in_contact_per_1000', 'praise_contact_per_1000', 'good_rating_rate'];
/** Who is asked at all, and whether the invitation arrives: what answers can be told of. */
export const ASKED = ['rating_invitation_rate', 'rating_delivery_rate', 'complainer_invitation_rate', 'listening_share', 'history_checked_rate'];
export const OF_TEAMS = ['closed_loop_rate', 'survey_follow_up_time', 'survey_response_rate', 'avoidable_contact_rate', 'good_rating_rate'];

export const SIDES = ['liked', 'disliked', 'improve'];

export const inPeriod = (table, period) => rowsOf(table).filter((row) => row.period_kind === period.kind && row.period_start === period.start);

/** The themes of one question, most surveys first, as they were published. */
export const themesOf = (rows, side) => rows.filter((row) => row.theme_side === side);

const named = (codes, theme) => (codes ?? '').split('|').some((code) => code.trim() === theme);

/** The surveys that name a theme; all that were answered where none is asked for. */
export const surveysAbout = (rows, side, theme) => rows.filter((row) => row.record_kind === 'survey' && (theme ? named(row[`${side}_themes`], theme) : row.is_answered));

/** The avoidable contacts behind a department; all where none is asked for. */
export const contactsBehind = (rows, department) => rows.filter((row) => row.record_kind === 'avoidable' && (!department || row.owner_department === department));

export const THEMES = ['period_kind', 'period_start', 'theme_side', 'theme', 'surveys', 'surveys_answered'].map((key) => ({ key }));
export const PAIRS = ['period_kind', 'period_start', 'kpi_id', 'agents', 'is_enough', 'correlation'].map((key) => ({ key }));
export const SITES = ['period_kind', 'period_start', 'mention_site', 'mentions', 'positive', 'neutral', 'negative', 'seen'].map((key) => ({ key }));

const form = (...columns) => ({ columns: ['record_date', ...columns, 'agent_id', 'contact_key'], always: ['record_date', 'agent_id', 'contact_key', columns[0]] });

/** The records in the order of the page: kind -> which of their columns are shown. */
export const VOICES = {
	survey: form('liked_themes', 'disliked_themes', 'improve_themes', 'channel', 'queue_id'),
	follow_up: form('is_followed_up', 'service_detail', 'answered_at'),
	avoidable: form('owner_department', 'channel', 'queue_id'),
	praise: form('service_detail'),
	mention: { columns: ['record_date', 'service_detail', 'sentiment', 'topic'], always: ['record_date', 'service_detail', 'sentiment'] }
};
