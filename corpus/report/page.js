/* page: the controls, and what each sets going. */
(() => {
	const MOST_NAMES = 50, MOST_PRINTED = 500;
	const wide = matchMedia('(min-width: 70rem)');
	const at = id => document.getElementById(id);
	const [form, search, count, warning, chartView, quotesView] =
		['filters', 'search', 'count', 'warning', 'speakers', 'quotes'].map(at);
	let nRead = 0, isDue = false;

	/* ---- what is wanted, and showing it ---- */

	const checkedIn = name => new Set(Array.from(form.querySelectorAll(`[data-facet=${name}] :checked`), box => box.value));

	function wantedNow() {
		return {
			search: search.value, order: at('order').value, speaker: at('speaker').value, outlet: at('outlet').value,
			from: at('from').value, to: at('to').value,
			picked: at('picked').checked, kind: checkedIn('kind'), stance: checkedIn('stance'), variant: checkedIn('variant'),
		};
	}

	function tellCount() {
		const shown = List.numbers.length, all = Store.rows.length, rest = shown - List.nListed;
		count.textContent = (shown === all ? plural(all, 'quote', 'quotes') : `${formatNumber(shown)} of ${plural(all, 'quote', 'quotes')}`) +
			(Store.isComplete ? '' : ', reading …');
		at('nothing').hidden = shown > 0 || !Store.isComplete;
		List.box.hidden = !at('nothing').hidden;
		at('rest').hidden = rest <= 0;
		at('rest').textContent = `${plural(rest, 'more quote is', 'more quotes are')} not listed; filter to see them.`;
		warning.hidden = !Store.nDamaged;
		warning.textContent = `${plural(Store.nDamaged, 'row of this page is', 'rows of this page are')} damaged and left out.`;
	}

	function refresh() {
		isDue = false;
		List.show(Filter.apply(wantedNow()));
		tellCount();
		if (!chartView.hidden)
			Chart.show(Array.from(List.numbers, number => Store.rows[number]));
	}

	function refreshSoon() {
		if (!isDue)
			requestAnimationFrame(refresh);
		isDue = true;
	}

	/* ---- filters ---- */

	function chip(name, value) {
		return make('label', {className: 'chip'}, [
			make('input', {type: 'checkbox', value, name}), make('span', {textContent: value}), make('span', {className: 'soft'})]);
	}

	/* A box for each value of a field, with how often it occurs. */
	function fillChips(name) {
		const field = form.querySelector(`[data-facet=${name}]`);
		const chips = new Map(Array.from(field.querySelectorAll('.chip'), one => [one.firstChild.value, one]));
		const isNew = chips.size < Store.facets[name].size;
		for (const [value, n] of Store.facets[name]) {
			if (!chips.has(value))
				chips.set(value, chip(name, value));
			chips.get(value).lastChild.textContent = formatNumber(n);
		}
		if (isNew)
			field.append(...[...chips.keys()].sort().map(value => chips.get(value)));
	}

	function fillOutlets() {
		const field = at('outlet'), chosen = field.value;
		if (field.options.length === Store.facets.outlet.size + 1)
			return;
		const names = [...Store.facets.outlet.keys()].sort((a, b) => a.localeCompare(b, 'en'));
		field.replaceChildren(field.options[0], ...names.map(name => make('option', {value: name, textContent: name})));
		field.value = chosen;
	}

	/* Names that the field of speakers offers: those that fit what stands in it, the most quoted first. */
	function fillNames() {
		const names = [...Filter.findSpeakers(at('speaker').value)];
		names.sort((a, b) => Store.facets.speaker.get(b) - Store.facets.speaker.get(a));
		at('speaker-names').replaceChildren(...names.slice(0, MOST_NAMES).map(value => make('option', {value})));
	}

	function tellPicks() {
		const n = Picks.rows().length;
		at('picks').hidden = !n && !at('picked').checked;
		at('n-picked').textContent = formatNumber(n);
	}

	/* Filters that can tell no rows apart are not shown. */
	function fillFilters() {
		for (const field of form.querySelectorAll('[data-facet]'))
			field.hidden = Store.facets[field.dataset.facet].size < 2;
		for (const option of form.querySelectorAll('[data-needs]'))
			option.hidden = !Store.facets[option.dataset.needs].size;
		for (const name of ['kind', 'stance', 'variant'])
			fillChips(name);
		fillOutlets();
		tellPicks();
	}

	/* While rows come in, they are shown anew when there are twice as many: that costs no more than showing all of them twice. */
	function hasRead() {
		if (!Store.isComplete && Store.rows.length < 2 * nRead)
			return;
		nRead = Store.rows.length;
		performance.mark(Store.isComplete ? 'all rows' : 'some rows');
		fillFilters();
		refresh();
	}

	/* ---- views ---- */

	function openRow(row) {
		Article.show(row);
		Article.focus();
	}

	function pick(row) {
		Picks.toggle(row);
		tellPicks();
		if (at('picked').checked)
			refresh();
		else
			List.redraw();
	}

	function closeArticle() {
		Article.close();
		List.box.focus();
	}

	function showChart(isShown) {
		chartView.hidden = !isShown;
		quotesView.hidden = isShown;
		at('speakers-button').setAttribute('aria-pressed', isShown);
		document.body.classList.toggle('has-chart', isShown);
		refresh();
		if (!isShown)
			List.box.focus();
	}

	function showFilters(isShown) {
		form.classList.toggle('is-open', isShown);
		at('filters-button').setAttribute('aria-expanded', isShown);
	}

	function showSpeaker(name) {
		at('speaker').value = name;
		showChart(false);
	}

	/* ---- keys ---- */

	const letters = {
		x: () => List.chosen && pick(List.chosen),
		j: () => List.move('ArrowDown'),
		k: () => List.move('ArrowUp'),
		'/': () => search.select(),
		'?': () => at('help').showModal(),
		c: () => showChart(chartView.hidden),
	};

	/* What Escape closes: the innermost that is open. */
	function escape() {
		if (Article.shown)
			closeArticle();
		else if (!chartView.hidden)
			showChart(false);
		else if (form.classList.contains('is-open') && !wide.matches)
			showFilters(false);
		else
			List.box.focus();
	}

	/* Keys of the list hold where it has the focus, or nothing has. */
	function takeListKey(event) {
		const isInList = event.target === List.box || event.target === document.body;
		if (!isInList || quotesView.hidden)
			return false;
		if (event.key === 'Enter' || (event.key === ' ' && event.target === List.box))
			List.openChosen();
		else
			return List.move(event.key);
		return true;
	}

	function takeKey(event) {
		const isTyping = event.target.matches('input:not([type=checkbox]), select, textarea');
		if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || at('help').open)
			return;
		if (event.key === 'Escape') {
			escape();
		} else if (event.target === search && (event.key === 'ArrowDown' || event.key === 'Enter')) {
			List.box.focus();
			List.move('Home');
		} else if (!isTyping && at('shortcuts').checked && Object.hasOwn(letters, event.key)) {
			letters[event.key]();
		} else if (isTyping || !takeListKey(event)) {
			return;
		}
		event.preventDefault();
	}

	/* ---- colours, print ---- */

	function setTheme(theme) {
		if (theme === 'system')
			delete document.documentElement.dataset.theme;
		else
			document.documentElement.dataset.theme = theme;
		at('theme').textContent = theme;
	}

	function nextTheme() {
		const themes = ['system', 'light', 'dark'];
		const now = themes.indexOf(document.documentElement.dataset.theme || 'system');
		const theme = themes[(now + 1) % themes.length];
		kept('theme', theme);
		setTheme(theme);
	}

	function printedRow(number) {
		const row = Store.rows[number];
		return make('li', {}, [
			make('p', {}, [make('b', {textContent: row.speaker || '(unknown)'}), row.role ? ` – ${row.role}` : '', ' ', ...allBadgesOf(row)]),
			make('p', {className: 'what', textContent: row.quote}),
			make('p', {className: 'soft', textContent: [row.outlet, row.day, titleOf(row), row.url].filter(Boolean).join(' · ')}),
		]);
	}

	/* For print, a list that is all there. */
	function fillPrinted() {
		const numbers = Array.from(List.numbers.slice(0, MOST_PRINTED));
		at('printed').replaceChildren(
			make('h2', {textContent: `${count.textContent}${List.numbers.length > MOST_PRINTED ? `; the first ${MOST_PRINTED}` : ''}`}),
			make('ol', {}, numbers.map(printedRow)));
		at('printed').hidden = false;
	}

	function emptyPrinted() {
		at('printed').replaceChildren();
		at('printed').hidden = true;
	}

	/* ---- beginning ---- */

	function listen() {
		form.addEventListener('input', refreshSoon);
		form.addEventListener('reset', () => {
			search.value = '';
			refreshSoon();
		});
		form.addEventListener('submit', event => event.preventDefault());
		search.addEventListener('input', refreshSoon);
		at('speaker').addEventListener('focus', fillNames);
		at('speaker').addEventListener('input', fillNames);
		at('filters-button').addEventListener('click', () => showFilters(!form.classList.contains('is-open')));
		at('speakers-button').addEventListener('click', () => showChart(chartView.hidden));
		at('theme-button').addEventListener('click', nextTheme);
		at('help-button').addEventListener('click', () => at('help').showModal());
		at('shortcuts').addEventListener('change', () => kept('shortcuts', at('shortcuts').checked));
		Picks.makeCopier(at('copy-picked'), () => Picks.rows().map(Picks.wordsOf).join('\n'));
		document.addEventListener('keydown', takeKey);
		window.addEventListener('beforeprint', fillPrinted);
		window.addEventListener('afterprint', emptyPrinted);
	}

	setTheme(['light', 'dark'].includes(kept('theme')) ? kept('theme') : 'system');
	at('shortcuts').checked = kept('shortcuts') !== 'false';
	List.begin({open: openRow, hasMoved: row => Article.shown && Article.show(row)});
	Article.begin({open: openRow, pick, close: closeArticle});
	Chart.begin({open: showSpeaker});
	listen();
	Store.read(hasRead);
})();
