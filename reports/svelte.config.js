import adapter from '@sveltejs/adapter-static';

// One shell serves every scope: an address such as /agent/a1 is answered with index.html and the page reads the
// scope's own data file, so new data never need a new build.
export default {
	kit: {
		// Evidence imports a page's components from here, so the layout has to as well: a second copy of the modules
		// would keep a language and a manifest of its own
		alias: { $components: '../../components' },
		// Written into index.html, so that it holds behind any server. Styles are set by charts on their own elements;
		// the engine of analysts' pages is WebAssembly.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['self']
			}
		},
		adapter: adapter({ pages: './build', fallback: 'index.html', strict: false })
	}
};
