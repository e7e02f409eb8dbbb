/* store: the rows of the page.
 *
 * They stand behind the page as JSON lines, the rows of a document in an element of its own ("rows") and its text in the next
 * ("text"), which no browser runs. They are read a few milliseconds at a time, while the rest of the file still comes in, so that
 * the page is there at once; a text is read when its article is opened.
 */
const Store = (() => {
	const SLICE_MS = 8, WAIT_MS = 20;
	const rows = [];
	const groups = new Map();	// a group's name: its rows
	const facets = {};		// a field's name: how often each of its values occurs
	for (const name of ['speaker', 'kind', 'stance', 'variant', 'outlet', 'outlets', 'day'])
		facets[name] = new Map();
	let last = null;		// the last element that was passed and still stands
	let nDamaged = 0, isComplete = false;

	/* Letters as they are searched: without case and accents, with plain quotation marks. */
	function fold(text) {
		const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')
			.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
		return plain.toLowerCase();
	}

	/* The day of a date as outlets write them, 2024-03-11; nothing where it can't be told. */
	function dayOf(date) {
		const iso = /^(\d{4})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])/.exec(date || '');
		if (iso)
			return iso.slice(1).join('-');
		const time = /\d{4}/.test(date || '') ? Date.parse(date) : NaN;
		return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
	}

	function count(facet, value) {
		if (value)
			facet.set(value, (facet.get(value) || 0) + 1);
	}

	const isSpan = span => Array.isArray(span) && span.length === 2 && span.every(Number.isInteger);

	/* Rows can be from other programs: what is missing or of another type counts as empty. */
	function settle(row) {
		for (const name of ['doc', 'id', 'kind', 'speaker', 'role', 'stance', 'variant', 'title', 'outlet', 'group'])
			if (typeof row[name] !== 'string')
				row[name] = '';
		for (const name of ['quote_spans', 'source_spans', 'cue_spans'])
			row[name] = Array.isArray(row[name]) ? row[name].filter(isSpan) : [];
		row.difference = Array.isArray(row.difference) ? row.difference.filter(Array.isArray) : [];
	}

	function addRow(row, textElement) {
		settle(row);
		row.number = rows.length;
		row.textElement = textElement;
		row.day = dayOf(row.date);
		row.searched = fold([row.quote, row.speaker, row.role, row.claim, row.title, row.outlet].join('\n'));
		rows.push(row);
		for (const name in facets)
			count(facets[name], row[name]);
		if (row.group && groups.has(row.group))
			groups.get(row.group).push(row);
		else if (row.group)
			groups.set(row.group, [row]);
	}

	function readLine(line, textElement) {
		try {
			const row = JSON.parse(line);
			if (typeof row.quote !== 'string')
				throw new TypeError('no row');
			addRow(row, textElement);
		} catch (error) {
			nDamaged++;
		}
	}

	/* The next element that is whole: another follows it, or the page has come to its end. */
	function nextElement() {
		const next = last ? last.nextElementSibling : document.getElementById('data')?.firstElementChild;
		return next && (next.nextElementSibling || document.readyState !== 'loading') ? next : null;
	}

	/* Reads an element of rows and takes it away, since it would stand in memory twice; passes one of text. */
	function readElement(element) {
		if (!element.classList.contains('rows')) {
			last = element;
			return;
		}
		const next = element.nextElementSibling;
		const textElement = next?.classList.contains('text') ? next : null;
		for (const line of element.textContent.split('\n'))
			if (line)
				readLine(line, textElement);
		element.remove();
	}

	function readSlice(hasRead) {
		const end = performance.now() + SLICE_MS;
		let element = null, n = 0;
		while (performance.now() < end && (element = nextElement())) {
			readElement(element);
			n++;
		}
		isComplete = !element && document.readyState !== 'loading' && !nextElement();
		if (!isComplete)
			setTimeout(readSlice, n ? 0 : WAIT_MS, hasRead);
		if (n || isComplete)
			hasRead();
	}

	/* The text of a row's article with the places of its bytes that were no UTF-8, or null where the page has none. */
	function textOf(row) {
		if (typeof row.text === 'string')
			return {text: row.text, broken: []};
		try {
			const found = JSON.parse(row.textElement.textContent);
			return {text: found.text, broken: found.broken || []};
		} catch (error) {
			return null;
		}
	}

	return {
		rows, groups, facets, fold, textOf,
		read: hasRead => setTimeout(readSlice, 0, hasRead),
		get nDamaged() { return nDamaged; },
		get isComplete() { return isComplete; },
	};
})();
