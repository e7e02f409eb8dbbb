/* chart: who speaks how often, over time, of the rows that are shown. The numbers stand in tables, which are also what is heard. */
const Chart = (() => {
	const MOST_SPEAKERS = 20, MOST_DAYS = 62, MOST_PERIODS = 60, DAY_MS = 86400000;
	const WIDTH = 300, HEIGHT = 28;
	const box = document.getElementById('chart'), what = document.getElementById('speakers-what');
	let open = () => {};

	/* The speakers with most rows, each with its rows. */
	function topSpeakers(rows) {
		const bySpeaker = new Map();
		for (const row of rows) {
			if (row.speaker && !bySpeaker.has(row.speaker))
				bySpeaker.set(row.speaker, []);
			bySpeaker.get(row.speaker)?.push(row);
		}
		return [...bySpeaker].sort((a, b) => b[1].length - a[1].length).slice(0, MOST_SPEAKERS);
	}

	function everyDay(first, last) {
		const days = [];
		for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS)
			days.push(new Date(time).toISOString().slice(0, 10));
		return days;
	}

	function everyMonth(first, last) {
		const months = [];
		for (let [year, month] = first.split('-').map(Number); ; month++) {
			if (month > 12)
				[year, month] = [year + 1, 1];
			const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
			if (name > last.slice(0, 7) || months.length > MOST_PERIODS)
				return months;
			months.push(name);
		}
	}

	/* The periods of time: days, months or, of a long time, the years that occur. */
	function periodsOf(rows) {
		const days = [...new Set(rows.map(row => row.day))].filter(Boolean).sort();
		if (!days.length)
			return [];
		const [first, last] = [days[0], days.at(-1)];
		if (Date.parse(last) - Date.parse(first) < MOST_DAYS * DAY_MS)
			return everyDay(first, last);
		const months = everyMonth(first, last);
		return months.length <= MOST_PERIODS ? months : [...new Set(days.map(day => day.slice(0, 4)))].slice(-MOST_PERIODS);
	}

	/* How many of the rows are in each period. */
	function countPeriods(rows, periods) {
		const places = new Map(periods.map((period, i) => [period, i]));
		const counts = new Array(periods.length).fill(0);
		for (const row of rows) {
			const i = places.get(row.day.slice(0, periods[0].length));
			if (i !== undefined)
				counts[i]++;
		}
		return counts;
	}

	function drawBar(n, most) {
		return makeSvg('svg', {class: 'bar-of', 'aria-hidden': 'true', viewBox: `0 0 100 10`, preserveAspectRatio: 'none'}, [
			makeSvg('rect', {x: 0, y: 0, height: 10, width: 100 * n / most})]);
	}

	function drawTimes(counts, most) {
		const width = WIDTH / counts.length;
		const bars = counts.flatMap((n, i) => n ? [makeSvg('rect', {
			x: i * width, width: Math.max(1, width - 1), y: HEIGHT - HEIGHT * n / most, height: HEIGHT * n / most})] : []);
		return makeSvg('svg', {class: 'times', 'aria-hidden': 'true', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none'},
			[makeSvg('line', {x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT}), ...bars]);
	}

	const headCell = (textContent, scope = 'col') => make('th', {scope, textContent});

	function speakerRow([name, rows], counts, most) {
		const button = make('button', {type: 'button', className: 'plain', textContent: name, title: `Show what ${name} says`});
		const cells = [make('td', {className: 'number', textContent: formatNumber(rows.length)}), make('td', {}, [drawBar(rows.length, most.rows)])];
		button.addEventListener('click', () => open(name));
		if (counts.length)
			cells.push(make('td', {}, [drawTimes(counts, most.period)]));
		return make('tr', {}, [make('th', {scope: 'row'}, [button]), ...cells]);
	}

	function chartTable(speakers, periods, counts) {
		const most = {rows: speakers[0][1].length, period: Math.max(1, ...counts.flat())};
		const heads = [headCell('Speaker'), make('th', {scope: 'col', className: 'number', textContent: 'Quotes'}), make('td')];
		if (periods.length)
			heads.push(make('th', {scope: 'col'}, [make('span', {className: 'ends'}, [
				make('span', {textContent: periods[0]}), make('span', {textContent: periods.at(-1)})])]));
		return make('table', {className: 'chart'}, [
			make('thead', {}, [make('tr', {}, heads)]),
			make('tbody', {}, speakers.map((speaker, i) => speakerRow(speaker, counts[i], most))),
		]);
	}

	function numbersTable(speakers, periods, counts) {
		const rows = speakers.map(([name], i) => make('tr', {}, [
			headCell(name, 'row'), ...counts[i].map(n => make('td', {className: 'number', textContent: n || '–'}))]));
		const table = make('table', {}, [
			make('thead', {}, [make('tr', {}, [headCell('Speaker'), ...periods.map(period => headCell(period))])]),
			make('tbody', {}, rows),
		]);
		return make('details', {}, [
			make('summary', {textContent: 'As numbers'}),
			make('div', {className: 'wide', tabIndex: 0, role: 'region', ariaLabel: 'Quotes of each speaker by time'}, [table])]);
	}

	/* Draws the chart of the rows. */
	function show(rows) {
		const speakers = topSpeakers(rows);
		const periods = periodsOf(speakers.flatMap(speaker => speaker[1]));
		const counts = speakers.map(speaker => periods.length ? countPeriods(speaker[1], periods) : []);
		what.textContent = speakers.length ?
			`The ${speakers.length} who are quoted most in the ${plural(rows.length, 'quote', 'quotes')} shown.` :
			'Nobody who is known by name or description speaks in the quotes shown.';
		box.replaceChildren();
		if (speakers.length)
			box.append(chartTable(speakers, periods, counts));
		if (periods.length)
			box.append(numbersTable(speakers, periods, counts));
	}

	/* take: {open}, called with the name of a speaker whose quotes are to be shown. */
	function begin(take) {
		({open} = take);
	}

	return {begin, show};
})();
