// Sets the colours before the first paint. The key is Evidence's own, so that its stock charts follow the same choice.
(function () {
	var saved = null;
	try {
		saved = localStorage.getItem('evidence-theme');
	} catch (e) {
		// A browser that forbids storage gets the system's choice.
	}
	var dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
	var theme = saved === 'dark' || saved === 'light' ? saved : dark ? 'dark' : 'light';
	document.documentElement.setAttribute('data-theme', theme);
})();
