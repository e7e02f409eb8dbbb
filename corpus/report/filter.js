/* filter: which rows are shown, in which order.
 *
 * An order gives each row a rank, a small whole number. Rank and number of a row make one number, and such numbers are sorted by
 * the engine's fastest sort; equal ranks stay as they were read.
 */
const Filter = (() => {
	const MOST_ROWS = 2 ** 24, LAST = 2 ** 28;
	const folded = new Map();	// the speakers' names, as they are searched
	let speakerRanks = new Map();

	const thousandths = share => typeof share === 'number' ? Math.round(1000 * share) : -1;

	/* All names of speakers, folded; a map of names goes on in the order in which they came. */
	function foldNames() {
		let i = 0;
		for (const name of Store.facets.speaker.keys())
			if (i++ >= folded.size)
				folded.set(name, Store.fold(name));
		return folded;
	}

	/* The rank of each speaker by name, made anew when speakers were added. */
	function rankSpeakers() {
		if (speakerRanks.size === Store.facets.speaker.size)
			return;
		const names = [...foldNames()].sort((a, b) => a[1] < b[1] ? -1 : Number(a[1] > b[1]));
		speakerRanks = new Map(names.map(([name], i) => [name, i]));
	}

	const orders = {
		checkworthy: row => (1000 - thousandths(row.checkworthy)) * 1002 + 1000 - thousandths(row.confidence),
		date: row => row.day ? 99999999 - Number(row.day.replaceAll('-', '')) : LAST,
		speaker: row => speakerRanks.get(row.speaker) ?? LAST,
		outlets: row => 1000000 - Math.min(1000000, row.outlets || 0),
		input: () => 0,
	};

	/* The parts of a search that must all be found: words, and what stands in quotation marks. */
	function partsOf(search) {
		return Array.from(Store.fold(search).matchAll(/"([^"]+)"?|[^\s"]+/g), found => found[1] ?? found[0]);
	}

	/* The speakers meant: the one of just this name, or all in whose names the words stand. */
	function findSpeakers(name) {
		const part = Store.fold(name).trim(), found = new Set();
		if (Store.facets.speaker.has(name))
			return found.add(name);
		for (const [one, plain] of foldNames())
			if (plain.includes(part))
				found.add(one);
		return found;
	}

	/* What a row must pass, only of what was asked for. */
	function testsOf(wanted) {
		const tests = [];
		for (const name of ['kind', 'stance', 'variant'])
			if (wanted[name].size)
				tests.push(row => wanted[name].has(row[name]));
		if (wanted.picked)
			tests.push(Picks.has);
		if (wanted.outlet)
			tests.push(row => row.outlet === wanted.outlet);
		if (wanted.from)
			tests.push(row => row.day >= wanted.from);
		if (wanted.to)
			tests.push(row => row.day && row.day <= wanted.to);
		if (wanted.speaker) {
			const speakers = findSpeakers(wanted.speaker);
			tests.push(row => speakers.has(row.speaker));
		}
		for (const part of partsOf(wanted.search))
			tests.push(row => row.searched.includes(part));
		return tests;
	}

	/* The numbers of the rows that fit, in order. wanted: order, search, speaker, kind, stance, variant (sets), outlet, from, to, picked. */
	function apply(wanted) {
		const tests = testsOf(wanted), rank = orders[wanted.order];
		const keys = new Float64Array(Store.rows.length);
		let n = 0;
		if (wanted.order === 'speaker')
			rankSpeakers();
		for (const row of Store.rows)
			if (tests.every(test => test(row)))
				keys[n++] = rank(row) * MOST_ROWS + row.number;
		const numbers = new Uint32Array(n);
		for (const [i, key] of keys.subarray(0, n).sort().entries())
			numbers[i] = key % MOST_ROWS;
		return numbers;
	}

	return {apply, findSpeakers};
})();
