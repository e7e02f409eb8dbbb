
/* picks: the quotes that the reader has chosen to check. They are kept by their ids, where the browser lets a page keep something. */
const Picks = (() => {
	const ids = new Set(keptIds());

	function keptIds() {
		try {
			return JSON.parse(kept('picks') || '[]').filter(id => typeof id === 'string');
		} catch (error) {
			return [];
		}
	}

	const has = row => ids.has(row.id);

	function toggle(row) {
		if (!ids.delete(row.id))
			ids.add(row.id);
		kept('picks', JSON.stringify([...ids]));
	}

	/* The picked rows of this page; others may have been picked on another. */
	const rows = () => ids.size ? Store.rows.filter(has) : [];

	/* A quote with all that it takes to find it again, on a line. */
	function wordsOf(row) {
		const by = [row.speaker || 'unknown', row.role].filter(Boolean).join(', ');
		const where = [titleOf(row), row.outlet, row.day].filter(Boolean).join(', ');
		return `“${row.quote}” – ${by} (${where}) ${row.link || row.url || ''}`.trim();
	}

	/* A button whose click copies what wordsNow() gives; nothing where pages may not copy. */
	function makeCopier(button, wordsNow) {
		const label = button.textContent;
		const say = words => {
			button.textContent = words;
			setTimeout(() => { button.textContent = label; }, 2000);
		};
		button.hidden = !navigator.clipboard;
		button.addEventListener('click', () => navigator.clipboard.writeText(wordsNow()).then(() => say('Copied'), () => say('Not allowed here')));
		return button;
	}

	return {has, toggle, rows, wordsOf, makeCopier};
})();
