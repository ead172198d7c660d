import { openSite } from '$components/data/data.js';
import { startLanguage } from '$components/words/i18n.js';
import { queryPublished } from '$components/data/analyst.js';

// One shell for every scope: nothing is rendered at build time, and no data are in the build.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'always';

export const load = async () => {
	const site = await openSite().catch((error) => ({ manifest: null, catalogue: null, scopes: [], error: error.message }));
	startLanguage(new URLSearchParams(location.search).get('lang'), site.manifest?.centre?.language);
	return {
		site,
		// What Evidence's compiled pages expect. The browser database starts with the first query, and only then.
		__db: { query: queryPublished, load: async () => {}, updateParquetURLs: async () => {} },
		inputs: {},
		data: {},
		customFormattingSettings: { customFormats: [] },
		evidencemeta: { queries: [] },
		pagesManifest: { children: {} },
		isUserPage: true
	};
};
