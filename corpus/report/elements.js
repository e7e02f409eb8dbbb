'use strict';

/* elements: how the page makes elements. What comes from articles goes in as text, never as markup. */
function make(tag, properties = {}, children = []) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties))
		if (name in element)
			element[name] = value;
		else
			element.setAttribute(name, value);
	element.append(...children);
	return element;
}

const SVG = 'http://www.w3.org/2000/svg';

function makeSvg(tag, attributes = {}, children = []) {
	const element = document.createElementNS(SVG, tag);
	for (const [name, value] of Object.entries(attributes))
		element.setAttribute(name, value);
	element.append(...children);
	return element;
}

const percent = share => Math.round(100 * share);
const formatNumber = new Intl.NumberFormat('en').format;
/* What an article is called: its title, else its file. */
const titleOf = row => row.title || row.doc.slice(row.doc.lastIndexOf('/') + 1) || row.doc;
const plural = (n, one, many) => `${formatNumber(n)} ${n === 1 ? one : many}`;

/* What the reader chose is kept where the browser lets a page keep something: keeps a value if there is one; what is kept now, or null. */
function kept(name, value) {
	try {
		if (value !== undefined)
			localStorage.setItem(`quoth-${name}`, value);
		return localStorage.getItem(`quoth-${name}`);
	} catch (error) {
		return null;
	}
}

/* How a badge is coloured; the others are plain. */
const tones = {
	denies: 'bad', doubts: 'bad', blames: 'bad', altered: 'bad', warns: 'warn', demands: 'warn', asks: 'warn', reworded: 'warn',
	praises: 'good', promises: 'good',
};

const badge = (word, tone) => make('span', {className: `badge ${tone || tones[word] || ''}`, textContent: word});

/* What a row is, in words; what most rows are is left out. */
function badgesOf(row) {
	const badges = [badge(row.kind)];
	if (row.stance && row.stance !== 'states' && row.stance !== 'none')
		badges.push(badge(row.stance));
	if (row.variant && row.variant !== 'identical')
		badges.push(badge(row.variant));
	if (row.outlets > 1)
		badges.push(badge(`${formatNumber(row.outlets)} outlets`));
	if (typeof row.confidence === 'number')
		badges.push(badge(`${percent(row.confidence)} % sure`, 'sure'));
	return badges;
}

/* The same with how much it is worth a check, where no bar says so. */
function allBadgesOf(row) {
	const isRanked = typeof row.checkworthy === 'number';
	return [...isRanked ? [badge(`${percent(row.checkworthy)} % worth a check`, 'worthy')] : [], ...badgesOf(row)];
}
