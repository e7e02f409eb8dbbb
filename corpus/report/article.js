/* article: a quote beside the text that it is from. */
const Article = (() => {
	const panel = document.getElementById('article');
	const parts = {};
	for (const name of ['title', 'where', 'quote'])
		parts[name] = document.getElementById(`article-${name}`);
	const textBox = document.getElementById('text');
	let shown = null, take = null;

	/* Bytes that the character at a place of a text takes in UTF-8; its second half as a surrogate takes none. */
	function utf8Length(code) {
		if (code < 0x80)
			return 1;
		if (code < 0x800)
			return 2;
		if (code >= 0xdc00 && code < 0xe000)
			return 0;
		return code >= 0xd800 && code < 0xdc00 ? 4 : 3;
	}

	/* Bytes of the article, as spans count them, to places in its text. Where the article had a byte that is no UTF-8 (broken), the text
	 * has U+FFFD. */
	function placesOf({text, broken}, bytes) {
		const isBroken = new Set(broken), places = new Map();
		let byte = 0, i = 0;
		for (const wanted of [...bytes].sort((a, b) => a - b)) {
			for (; byte < wanted && i < text.length; i++)
				byte += isBroken.has(byte) ? 1 : utf8Length(text.charCodeAt(i));
			while (text.charCodeAt(i) >= 0xdc00 && text.charCodeAt(i) < 0xe000)
				i++;
			places.set(wanted, i);
		}
		return places;
	}

	/* What is to be marked: [begin, end, name] in places of the text. */
	function marksOf(row, others, article) {
		const spans = [
			...others.flatMap(other => other.quote_spans.map(span => [...span, 'other'])),
			...row.quote_spans.map(span => [...span, 'quote']),
			...row.source_spans.map(span => [...span, 'source']),
			...row.cue_spans.map(span => [...span, 'cue']),
		];
		const places = placesOf(article, spans.flatMap(([begin, end]) => [begin, end]));
		return spans.map(([begin, end, name]) => [places.get(begin), places.get(end), name]);
	}

	/* The text in pieces, those that are marked in elements that name their marks. */
	function markText(text, marks) {
		const edges = [...new Set([0, text.length, ...marks.flatMap(([begin, end]) => [begin, end])])].sort((a, b) => a - b);
		return edges.slice(0, -1).map((begin, i) => {
			const names = new Set(marks.filter(mark => mark[0] <= begin && begin < mark[1]).map(mark => mark[2]));
			if (names.size > 1)
				names.delete('other');
			const piece = text.slice(begin, edges[i + 1]);
			return names.size ? make('mark', {className: [...names].join(' '), textContent: piece}) : piece;
		});
	}

	/* A link, where the address is one of the web. */
	function linkTo(address, words) {
		return /^https?:\/\//i.test(address || '') ?
			make('a', {href: address, textContent: words, rel: 'noopener noreferrer', target: '_blank'}) : null;
	}

	function actionsOf(row) {
		const copy = Picks.makeCopier(make('button', {type: 'button', textContent: 'Copy'}), () => Picks.wordsOf(row));
		const pick = make('button', {type: 'button', ariaPressed: String(Picks.has(row)), textContent: '★ Pick'});
		pick.addEventListener('click', () => {
			take.pick(row);
			pick.ariaPressed = String(Picks.has(row));
		});
		return [pick, copy, linkTo(row.link || row.url, row.link ? 'Open at the quote' : 'Open the article')].filter(Boolean);
	}

	function quoteParts(row) {
		return [
			make('blockquote', {textContent: row.quote}),
			make('p', {className: 'by'}, [
				make('b', {textContent: row.speaker || '(unknown)'}), row.role ? ` – ${row.role}` : '',
				row.speaker_id ? make('span', {className: 'soft', textContent: ` ${row.speaker_id}`}) : '',
			]),
			row.claim && row.claim !== row.quote ? make('p', {className: 'claim'}, [
				make('span', {className: 'soft', textContent: 'By itself: '}), row.claim]) : '',
			make('p', {className: 'badges'}, allBadgesOf(row)),
			make('p', {className: 'actions'}, actionsOf(row)),
		];
	}

	/* Buttons that open other rows. */
	function rowList(title, rows, labelOf) {
		if (!rows.length)
			return '';
		const items = rows.map(row => {
			const button = make('button', {type: 'button', className: 'plain'}, labelOf(row));
			button.addEventListener('click', () => take.open(row));
			return make('li', {}, [button]);
		});
		return make('section', {className: 'rows-list'}, [make('h3', {textContent: title}), make('ul', {}, items)]);
	}

	function othersPart(others) {
		return rowList('Other statements in this article', others, row =>
			[make('b', {textContent: row.speaker || '(unknown)'}), ` ${row.quote}`]);
	}

	function drawText(row, others) {
		const article = Store.textOf(row);
		if (!article) {
			textBox.replaceChildren(make('p', {className: 'soft', textContent: 'The rows came without the text of this article.'}));
			return;
		}
		const text = make('div', {className: 'text'}, markText(article.text, marksOf(row, others, article)));
		textBox.replaceChildren(text, othersPart(others));
	}

	/* Brings the statement into view; the source where it has none. */
	function scrollToMark() {
		const mark = textBox.querySelector('mark.quote') || textBox.querySelector('mark.source');
		if (mark)
			mark.scrollIntoView({block: 'center'});
		else
			textBox.scrollTop = 0;
	}

	function show(row) {
		const others = Store.rows.filter(other => other.doc === row.doc && other !== row);
		shown = row;
		panel.hidden = false;
		document.body.classList.add('has-article');
		parts.title.textContent = titleOf(row);
		parts.where.textContent = [row.outlet, row.day || row.date, row.doc].filter(Boolean).join(' · ');
		parts.quote.replaceChildren(...quoteParts(row), Group.part(row, rowList));
		drawText(row, others);
		scrollToMark();
	}

	function close() {
		shown = null;
		panel.hidden = true;
		document.body.classList.remove('has-article');
	}

	/* takers: {open, pick, close}, the first two called with a row. */
	function begin(takers) {
		take = takers;
		document.getElementById('close').addEventListener('click', take.close);
	}

	return {
		begin, show, close, placesOf,
		focus: () => parts.title.focus(),
		get shown() { return shown; },
	};
})();
