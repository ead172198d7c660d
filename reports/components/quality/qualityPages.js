// The pages of quality governance, in the order of the second row of links: address and word.
export const QUALITY_PAGES = [
	['/quality', 'quality'],
	['/complaints', 'complaints'],
	['/impact', 'impact'],
	['/control', 'control'],
	['/voice', 'voice'],
	['/people', 'people_page'],
	['/self-report', 'self_reports'],
	['/assessment', 'assessment'],
	['/points', 'points'],
	['/plans', 'plans'],
	['/warnings', 'warnings']
];

/** Of which page a KPI is the matter; null of none. */
export function pageOfKpi({ kpi_id, kpi_group }) {
	if (kpi_id === 'self_report_agreement_rate') return QUALITY_PAGES[6];
	if (kpi_group === 'complaint') return QUALITY_PAGES[1];
	if (kpi_group === 'control') return QUALITY_PAGES[3];
	if (kpi_group === 'voice') return QUALITY_PAGES[4];
	if (kpi_group === 'people') return QUALITY_PAGES[5];
	return kpi_group === 'quality' && kpi_id.includes('error') ? QUALITY_PAGES[0] : null;
}
