// Addresses of the pages. What the reader chose (period, start, language) goes along from page to page.
import { derived } from 'svelte/store';
import { page } from '$app/stores';
import { base } from '$app/paths';

const CARRIED = ['period', 'start', 'lang'];
const FOLDER = { centre: 'centre', channel: 'channel', queue: 'queue', team: 'team', agent: 'agent', team_channel: 'team-channel' };

/** `$linkTo('/kpi/x', { period: 'week' })`: a null value drops the parameter. */
export const linkTo = derived(page, ($page) => (path, changes = {}) => {
	const query = new URLSearchParams();
	for (const name of CARRIED) {
		const value = name in changes ? changes[name] : $page.url.searchParams.get(name);
		if (value) query.set(name, value);
	}
	for (const [name, value] of Object.entries(changes)) if (value && !CARRIED.includes(name)) query.set(name, value);
	const text = query.toString();
	const slash = path.endsWith('/') ? path : `${path}/`;
	return `${base}${slash}${text ? `?${text}` : ''}`;
});

export const scopePath = (kind, id) => (kind === 'centre' ? '/centre' : `/${FOLDER[kind] ?? kind}/${encodeURIComponent(id)}`);

export const kpiPath = (id) => `/kpi/${encodeURIComponent(id)}`;

/** The choice in the address of this page. */
export const choice = derived(page, ($page) => ({
	period: $page.url.searchParams.get('period'),
	start: $page.url.searchParams.get('start'),
	of: (name) => $page.url.searchParams.get(name)
}));
