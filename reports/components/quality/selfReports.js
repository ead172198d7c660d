// What agents reported of themselves: the dates of it, whose figures came, and whose did not.
import { rowsOf } from '../data/tables.js';
import { recordsIn } from './records.js';

export const AGREEMENT = 'self_report_agreement_rate';

/** The reports of a scope in a period, those that did not come too. */
export const reportsIn = (table, scope, period) => recordsIn(rowsOf(table), 'reported_date', scope, period);

/** The dates of reports, the latest first. */
export const datesOf = (rows) => [...new Set(rows.map((row) => row.reported_date))].sort().reverse();

/** The date that is asked for, else the latest one. */
export const chosenDate = (dates, asked) => (dates.includes(asked) ? asked : dates[0]);

export const cameOn = (rows, date) => rows.filter((row) => row.self_report_state !== 'missing' && (!date || row.reported_date === date));
export const missedOn = (rows, date) => rows.filter((row) => row.self_report_state === 'missing' && row.reported_date === date);

/** The KPI with as many decimals as the agent wrote: both figures are held against each other in them. */
export function asWritten(kpi, { decimals }) {
	if (!kpi || decimals === null) return kpi;
	// A share is written as a part of 1 and shown in per cent
	return { ...kpi, decimals: Math.max(kpi.unit === 'share' ? decimals - 2 : decimals, 0) };
}

export const SELF_REPORT = ['reported_date', 'self_report_id', 'agent_id', 'half', 'reported_kpi', 'reported_at', 'reported_value', 'decimals', 'warehouse_value', 'difference', 'self_report_state', 'final_value'].map((key) => ({ key }));
