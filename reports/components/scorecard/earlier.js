// Which values of closed periods an earlier formula of their KPI made: they stay as they were published.

/** The stretch of a KPI's earlier formula in which a period lies, with what that formula said; undefined with today's. */
export const earlierFormula = (versions, kpiId, period) =>
	versions.find((v) => v.kpi_id === kpiId && v.period_kind === period.kind && v.first_start <= period.start && period.start <= v.last_start);
