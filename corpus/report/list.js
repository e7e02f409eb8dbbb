/* list: the quotes as rows of one height, of which only those in view are made. */
const List = (() => {
	const BEYOND = 6;		// rows made above and below what is in view
	const MOST_PX = 15e6;		// browsers cannot make an element much higher
	const box = document.getElementById('list');
	const space = make('div', {role: 'presentation'});
	const ruler = make('div', {className: 'row ruler', ariaHidden: 'true'});
	const made = new Map();		// the place in the list: its element
	const spare = [];
	let numbers = new Uint32Array(0), rowHeight = 100, chosen = -1, isDue = false;
	let open = () => {}, hasMoved = () => {};

	function makeElement() {
		return make('div', {className: 'row', role: 'option'}, [
			make('span', {className: 'worth'}, [
				make('b'), make('span', {className: 'unseen', textContent: ' per cent worth a check, '}),
				make('span', {className: 'meter'}, [make('i')])]),
			make('span', {className: 'pick'}, ['★', make('span', {className: 'unseen', textContent: ' picked, '})]),
			make('span', {className: 'who'}, [make('b'), make('span', {className: 'role'}), make('span', {className: 'badges'})]),
			make('span', {className: 'what'}),
			make('span', {className: 'where'}),
		]);
	}

	function fill(element, place) {
		const row = Store.rows[numbers[place]];
		const [worth, pick, who, what, where] = element.children;
		const isRanked = typeof row.checkworthy === 'number';
		element.id = `row-${row.number}`;
		element.style.top = `${place * rowHeight}px`;
		element.dataset.place = place;
		element.setAttribute('aria-posinset', place + 1);
		element.setAttribute('aria-setsize', numbers.length);
		worth.hidden = !isRanked;
		pick.hidden = !Picks.has(row);
		worth.firstChild.textContent = isRanked ? percent(row.checkworthy) : '';
		worth.lastChild.firstChild.style.width = isRanked ? `${percent(row.checkworthy)}%` : '';
		who.children[0].textContent = row.speaker || '(unknown)';
		who.children[1].textContent = row.role || '';
		who.children[2].replaceChildren(...badgesOf(row));
		what.textContent = row.quote;
		where.textContent = [row.outlet, row.day, titleOf(row)].filter(Boolean).join(' · ');
		element.setAttribute('aria-selected', place === chosen);
	}

	/* Takes away what is out of view and makes what is new in it, the elements in the order of the list. */
	function drawPlaces(first, end) {
		for (const [place, element] of made) {
			if (place >= first && place < end)
				continue;
			made.delete(place);
			element.remove();
			spare.push(element);
		}
		for (let place = end - 1; place >= first; place--) {
			if (made.has(place))
				continue;
			const element = spare.pop() || makeElement();
			fill(element, place);
			space.insertBefore(element, made.get(place + 1) || null);
			made.set(place, element);
		}
	}

	function draw() {
		isDue = false;
		const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - BEYOND);
		const end = Math.min(nListed(), Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + BEYOND);
		drawPlaces(first, end);
		const active = made.get(chosen);
		if (active)
			box.setAttribute('aria-activedescendant', active.id);
		else
			box.removeAttribute('aria-activedescendant');
	}

	function drawSoon() {
		if (!isDue)
			requestAnimationFrame(draw);
		isDue = true;
	}

	/* Makes every row in view anew. */
	function redraw() {
		rowHeight = ruler.offsetHeight || rowHeight;
		space.style.height = `${nListed() * rowHeight}px`;
		spare.push(...made.values());
		made.clear();
		space.replaceChildren();
		draw();
	}

	const nListed = () => Math.min(numbers.length, Math.floor(MOST_PX / rowHeight));

	/* Shows these rows; the one that was chosen stays so if it is among them. */
	function show(these) {
		const number = numbers[chosen];
		numbers = these;
		chosen = number === undefined ? -1 : numbers.indexOf(number);
		redraw();
	}

	function scrollTo(place) {
		const top = place * rowHeight;
		if (top < box.scrollTop)
			box.scrollTop = top;
		else if (top + rowHeight > box.scrollTop + box.clientHeight)
			box.scrollTop = top + rowHeight - box.clientHeight;
	}

	function choose(place) {
		const before = made.get(chosen);
		chosen = Math.max(0, Math.min(nListed() - 1, place));
		if (before)
			before.setAttribute('aria-selected', 'false');
		scrollTo(chosen);
		draw();
		made.get(chosen)?.setAttribute('aria-selected', 'true');
		if (nListed())
			hasMoved(Store.rows[numbers[chosen]]);
	}

	const nInView = () => Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);

	/* Keys that move in the list: how. */
	const moves = {
		ArrowDown: () => chosen + 1,
		ArrowUp: () => chosen - 1,
		PageDown: () => chosen + nInView(),
		PageUp: () => chosen - nInView(),
		Home: () => 0,
		End: () => nListed() - 1,
	};

	function openChosen() {
		if (chosen < 0)
			choose(0);
		if (nListed())
			open(Store.rows[numbers[chosen]]);
	}

	function takeClick(event) {
		const element = event.target.closest('.row');
		if (!element)
			return;
		choose(Number(element.dataset.place));
		openChosen();
	}

	/* Moves by a key's name; false where it is none of the list's. */
	function move(key) {
		if (!Object.hasOwn(moves, key))
			return false;
		choose(moves[key]());
		return true;
	}

	/* take: {open, hasMoved}, called with the row that is to be opened, or was moved to. */
	function begin(take) {
		({open, hasMoved} = take);
		box.append(space, ruler);
		box.addEventListener('scroll', drawSoon, {passive: true});
		box.addEventListener('click', takeClick);
		new ResizeObserver(redraw).observe(box);
	}

	return {
		begin, show, redraw, move, openChosen, box,
		get chosen() { return Store.rows[numbers[chosen]]; },
		get numbers() { return numbers; },
		get nListed() { return nListed(); },
	};
})();
