import adapter from '@sveltejs/adapter-static';

// One shell serves every scope: an address such as /agent/a1 is answered with index.html and the page reads the
// scope's own data file, so new data never need a new build.
export default {
	kit: {
		// Evidence imports a page's components from here, so the layout has to as well: a second copy of the modules
		// would keep a language and a manifest of its own
		alias: { $components: '../../components' },
		adapter: adapter({ pages: './build', fallback: 'index.html', strict: false })
	}
};
