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

/* How a badge is coloured; the others are plain. */
const tones = {
	denies: 'bad', doubts: 'bad', blames: 'bad', altered: 'bad', warns: 'warn', demands: 'warn', asks: 'warn', reworded: 'warn',
	praises: 'good', promises: 'good',
};

function badgesOf(row) {
	const words = [row.kind, row.stance !== 'none' && row.stance, row.variant !== 'identical' && row.variant].filter(Boolean);
	const badges = words.map(word => make('span', {className: `badge ${tones[word] || 'plain'}`, textContent: word}));
	if (typeof row.confidence === 'number')
		badges.push(make('span', {className: 'badge sure', textContent: `${percent(row.confidence)} % sure`}));
	return badges;
}
