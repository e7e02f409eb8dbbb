
/* group: the same quote in other articles, and where its words differ, as quoth-group tells it. */
const Group = (() => {
	const MOST_SAME = 14, KEPT = 5;		// words that all have in common: a longer run is shown by its ends
	const MOST_MEMBERS = 100;

	/* What stands for the group first, then by day. Its wording has no difference to itself. */
	function inOrder(rows) {
		const isOther = row => row.difference.length > 0;
		return [...rows].sort((a, b) => isOther(a) - isOther(b) || (a.day || '9').localeCompare(b.day || '9') || a.number - b.number);
	}

	function shorten(words) {
		const all = words.split(/\s+/);
		return all.length > MOST_SAME ? `${all.slice(0, KEPT).join(' ')} … ${all.slice(-KEPT).join(' ')}` : words;
	}

	/* A difference word by word: "-" words of what stands for the group, "+" words of this row. */
	function drawDifference(difference) {
		const tags = {'-': 'del', '+': 'ins'};
		const pieces = difference.flatMap(([op, words]) => [
			tags[op] ? make(tags[op], {textContent: words}) : shorten(words), ' ']);
		return make('span', {className: 'difference'}, pieces);
	}

	function member(row, shown, isFirst) {
		const where = [row.outlet, row.day, titleOf(row)].filter(Boolean).join(' · ');
		const parts = [make('span', {className: row === shown ? 'here' : '', textContent: where}), ' ',
			row.variant ? badge(row.variant) : ''];
		if (row.difference.length)
			parts.push(drawDifference(row.difference));
		else if (isFirst)
			parts.push(make('span', {className: 'difference soft', textContent: 'the wording that the others are held against'}));
		return parts;
	}

	/* What there is to say of a row's group; nothing where it stands alone. */
	function part(row, rowList) {
		const rows = inOrder(row.group && Store.groups.get(row.group) || []);
		if (rows.length < 2)
			return '';
		const outlets = row.outlets ? ` of ${plural(row.outlets, 'outlet', 'outlets')}` : '';
		const since = row.first_seen ? `, first on ${row.first_seen.slice(0, 10)}` : '';
		const rest = rows.length > MOST_MEMBERS ? ` (the first ${MOST_MEMBERS})` : '';
		return rowList(`The same quote in ${plural(rows.length, 'place', 'places')}${outlets}${since}${rest}`,
			rows.slice(0, MOST_MEMBERS), other => member(other, row, other === rows[0]));
	}

	return {part};
})();
