// Sets the colours before the first paint, and again when the system's change and the reader has chosen none. The key is
// Evidence's own, so that its stock charts follow the same choice.
(function () {
	var system = window.matchMedia('(prefers-color-scheme: dark)');

	function chosen() {
		try {
			return localStorage.getItem('evidence-theme');
		} catch (e) {
			return null; // a browser that forbids storage gets the system's choice
		}
	}

	function apply() {
		var saved = chosen();
		var theme = saved === 'dark' || saved === 'light' ? saved : system.matches ? 'dark' : 'light';
		document.documentElement.setAttribute('data-theme', theme);
	}

	apply();
	system.addEventListener('change', apply);
})();
