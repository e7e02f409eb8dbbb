/* group: the same quote in other articles, and where its words differ. */
const Group = (() => {
	/* What there is to say of a row's group; nothing where it stands alone. */
	function part(row, rowList) {
		const others = (row.group && Store.groups.get(row.group) || []).filter(other => other !== row);
		return rowList(`The same quote in ${plural(others.length, 'other place', 'other places')}`, others, other => [
			[other.outlet, other.day, titleOf(other)].filter(Boolean).join(' · '), ' ', ...badgesOf(other)]);
	}

	return {part};
})();
