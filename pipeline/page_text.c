/* page_text: the paragraphs of a page that are its article's. */
#include "config.h"

#include "pipeline/page_flow.h"

#include <string.h>

enum {
	FEW_WORDS = 30,		/* a page with fewer has its article in its JSON-LD, if anywhere */
	ENOUGH_WORDS = 100,	/* these are an article without what is left out */
	BOX_WORDS = 40,		/* a box with its own first line has no more, one with a heading */
	BOXED_WORDS = 200,	/* no more than this */
	CARD_WORDS = 150,	/* nor a teaser than this */
};

/* ---- what the elements hold ---- */

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Adds up what the elements hold of the paragraphs that are not left out, from the leaves to the root. */
static void sum_up(struct quoth_page_flow *flow)
{
	struct quoth_page_element *elements = flow->elements;

	for (uint32_t e = 0; e < flow->n_elements; e++) {
		elements[e].weight = elements[e].n_texts = elements[e].n_titles = 0;
		elements[e].first = elements[e].first_text = elements[e].first_title = UINT32_MAX;
	}
	for (uint32_t i = 0; i < flow->n_paragraphs; i++) {
		const struct quoth_page_paragraph *paragraph = &flow->paragraphs[i];
		struct quoth_page_element *element = &elements[paragraph->element];
		bool is_title = quoth_page_is_linked(paragraph) && paragraph->n_words > 2;

		if (element->is_left_out)
			continue;
		element->weight += quoth_page_paragraph_weight(paragraph);
		element->n_texts += paragraph->counts;
		element->n_titles += is_title;
		element->first = smaller(element->first, i);
		element->first_text = paragraph->counts ? smaller(element->first_text, i) : element->first_text;
		element->first_title = is_title ? smaller(element->first_title, i) : element->first_title;
	}
	for (uint32_t e = flow->n_elements; e-- > 1;) {
		struct quoth_page_element *parent = &elements[elements[e].parent];

		parent->weight += elements[e].weight;
		parent->n_texts += elements[e].n_texts;
		parent->n_titles += elements[e].n_titles;
		parent->first = smaller(parent->first, elements[e].first);
		parent->first_text = smaller(parent->first_text, elements[e].first_text);
		parent->first_title = smaller(parent->first_title, elements[e].first_title);
		parent->holds_headline |= elements[e].holds_headline;
	}
}

/* ---- what is left out ---- */

static void look_at_paragraphs(struct quoth_page_flow *flow)
{
	for (uint32_t i = 0; i < flow->n_paragraphs; i++) {
		struct quoth_page_paragraph *paragraph = &flow->paragraphs[i];

		paragraph->is_boilerplate = quoth_page_is_boilerplate(flow->text + paragraph->begin,
								      paragraph->end - paragraph->begin);
	}
}

/* Headlines of other articles, with a line or two of theirs: a teaser, if there are several side by side. */
static bool is_card(const struct quoth_page_element *element)
{
	return element->n_titles && element->n_texts && element->n_texts <= 2 && element->weight < CARD_WORDS &&
	       element->first_title < element->first_text && !element->holds_headline && !element->is_body;
}

static void count_cards(struct quoth_page_flow *flow)
{
	for (uint32_t e = 1; e < flow->n_elements; e++)
		flow->elements[flow->elements[e].parent].n_cards += is_card(&flow->elements[e]);
}

/* A small part of the page whose first line says that it is none of the article: "Most read", "Sign up for our newsletter". */
static bool is_box(const struct quoth_page_flow *flow, const struct quoth_page_element *element)
{
	const struct quoth_page_paragraph *first = element->first == UINT32_MAX ? NULL : &flow->paragraphs[element->first];

	if (!first || element->holds_headline || element->is_body || element->weight * 4 > flow->elements[0].weight ||
	    element->weight > (first->is_heading ? BOXED_WORDS : BOX_WORDS))
		return false;
	return first->is_boilerplate;
}

/* Named as no article: so it is, unless most of the page is in it, or the headline. */
static bool is_aside(const struct quoth_page_flow *flow, const struct quoth_page_element *element)
{
	uint64_t all = flow->elements[0].weight, weight = element->weight;

	if (!element->is_suspect || (element->holds_headline && flow->n_headlines == 1))
		return false;
	return weight * 2 < all || (weight * 5 < all * 4 && all - weight >= ENOUGH_WORDS);
}

static void leave_out(struct quoth_page_flow *flow)
{
	for (uint32_t e = 1; e < flow->n_elements; e++) {
		struct quoth_page_element *element = &flow->elements[e];
		const struct quoth_page_element *parent = &flow->elements[element->parent];

		element->is_left_out = parent->is_left_out || is_aside(flow, element) ||
				       (parent->n_cards > 1 && is_card(element)) || is_box(flow, element);
	}
}

/* ---- finding the article ---- */

/* Marks what is in the elements that are named as the article's text: of nested ones, in the inner, if they hold half of the outer; if the
 * page states it of any, in those alone. Whether there is enough of it to go by. */
static bool mark_bodies(struct quoth_page_flow *flow)
{
	struct quoth_page_element *elements = flow->elements;
	uint64_t *inner = quoth_arena_alloc(flow->arena, flow->n_elements * sizeof *inner), found = 0;
	bool is_stated = false;

	if (!inner) {
		flow->has_failed = true;
		return false;
	}
	memset(inner, 0, flow->n_elements * sizeof *inner);
	for (uint32_t e = 0; e < flow->n_elements; e++)
		is_stated |= elements[e].is_stated && elements[e].weight >= FEW_WORDS;
	for (uint32_t e = flow->n_elements; e-- > 0;) {
		bool is_body = is_stated ? elements[e].is_stated : elements[e].is_body;

		elements[e].is_in_body = is_body && inner[e] * 2 < elements[e].weight;
		found = elements[e].is_in_body ? elements[e].weight : inner[e];
		if (e)
			inner[elements[e].parent] += found;
	}
	for (uint32_t e = 1; e < flow->n_elements; e++)
		elements[e].is_in_body |= elements[elements[e].parent].is_in_body;
	return found >= FEW_WORDS && found * 10 >= elements[0].weight;
}

/* Whether another element like it stands beside it: then an article may be in both. Cells are columns. */
static bool has_like(const xmlNode *node)
{
	if (!strcmp((const char *)node->name, "td"))
		return false;
	for (const xmlNode *other = node->parent->children; other; other = other->next)
		if (other != node && other->type == XML_ELEMENT_NODE && !strcmp((const char *)other->name, (const char *)node->name) &&
		    !strcmp(quoth_page_attribute(other, "class"), quoth_page_attribute(node, "class")))
			return true;
	return false;
}

/* The innermost element that is named as having the article and has half of the page's weight; from there the innermost that has nearly all
 * of it, or most of it and nothing of its kind beside it. */
static uint32_t find_article(const struct quoth_page_flow *flow)
{
	uint64_t all = flow->elements[0].weight;
	uint32_t best = 0;

	for (uint32_t e = 1; e < flow->n_elements; e++)
		if (flow->elements[e].is_main && flow->elements[e].weight * 2 > all)
			best = e;
	for (uint32_t e = best + 1; e < flow->n_elements; e++) {
		const struct quoth_page_element *element = &flow->elements[e];
		uint64_t weight = element->weight, outer = flow->elements[best].weight;

		if (element->parent == best && strcmp((const char *)element->node->name, "p") &&
		    (weight * 5 > outer * 4 || (weight * 3 > outer * 2 && !has_like(element->node))))
			best = e;
	}
	return best;
}

/* Marks what is in the article. */
static void mark_article(struct quoth_page_flow *flow)
{
	uint32_t article;

	if (mark_bodies(flow) || flow->has_failed)
		return;
	article = find_article(flow);
	for (uint32_t e = 0; e < flow->n_elements; e++)
		flow->elements[e].is_in_body = e == article || (e > 0 && flow->elements[flow->elements[e].parent].is_in_body);
}

/* ---- its paragraphs ---- */

/* A sentence may end in the mark of a footnote: "[1]", or a number close to the stop. */
static bool ends_as_sentence(const char *text, uint32_t size)
{
	static const char *const ends[] = {".", "!", "?", "\"", "'", "”", "’", "…", ":", ")", NULL};
	uint32_t end = size;

	while (end && strchr("[]0123456789", text[end - 1]))
		end--;
	size = end && text[end - 1] != ' ' ? end : size;
	for (size_t i = 0; ends[i]; i++) {
		size_t n = strlen(ends[i]);

		if (size >= n && !memcmp(text + size - n, ends[i], n))
			return true;
	}
	return false;
}

/* Whether a paragraph inside the article is its own. A heading is where text of the article follows: the caller sees to that. */
static bool is_article_text(const struct quoth_page_flow *flow, const struct quoth_page_paragraph *paragraph, bool is_first)
{
	const struct quoth_page_element *element = &flow->elements[paragraph->element];
	const char *text = flow->text + paragraph->begin;
	uint32_t size = paragraph->end - paragraph->begin;

	if (!element->is_in_body || element->is_left_out || quoth_page_is_linked(paragraph) || paragraph->is_boilerplate)
		return false;
	return paragraph->is_heading || ends_as_sentence(text, size) || (paragraph->counts && !is_first);
}

static void put_paragraph(const struct quoth_page_flow *flow, const struct quoth_page_paragraph *paragraph, char *into, size_t *size)
{
	if (*size) {
		memcpy(into + *size, "\n\n", 2);
		*size += 2;
	}
	memcpy(into + *size, flow->text + paragraph->begin, paragraph->end - paragraph->begin);
	*size += paragraph->end - paragraph->begin;
}

/* The article's paragraphs. What stands above its first sentence (the headline, who wrote it and when) is not among them, unless there is
 * none at all. */
static size_t put_article(const struct quoth_page_flow *flow, char *text, bool has_sentences)
{
	const struct quoth_page_paragraph *heading = NULL;
	size_t size = 0;

	for (uint32_t i = 0; i < flow->n_paragraphs; i++) {
		const struct quoth_page_paragraph *paragraph = &flow->paragraphs[i];

		if (!is_article_text(flow, paragraph, has_sentences && !size))
			continue;
		if (!paragraph->is_heading) {
			if (heading)
				put_paragraph(flow, heading, text, &size);
			put_paragraph(flow, paragraph, text, &size);
		}
		heading = paragraph->is_heading && size ? paragraph : NULL;
	}
	return size;
}

/* Reads a page's flow; room for all its paragraphs with an empty line between two, NULL without memory. */
static char *read_flow(struct quoth_page_flow *flow, xmlDoc *doc)
{
	quoth_page_flow_read(flow, xmlDocGetRootElement(doc));
	if (flow->has_failed)
		return NULL;
	return quoth_arena_alloc(flow->arena, (size_t)flow->text_size + 2 * (size_t)flow->n_paragraphs + 1);
}

int quoth_page_read_text(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page)
{
	struct quoth_page_flow flow = {.arena = arena};
	char *text = read_flow(&flow, doc);

	if (!text)
		return QUOTH_NO_MEMORY;
	look_at_paragraphs(&flow);
	sum_up(&flow);
	count_cards(&flow);
	leave_out(&flow);
	sum_up(&flow);
	mark_article(&flow);
	if (flow.has_failed)
		return QUOTH_NO_MEMORY;
	page->text_size = put_article(&flow, text, true);
	if (!page->text_size)
		page->text_size = put_article(&flow, text, false);
	text[page->text_size] = '\0';
	page->text = text;
	if (page->body && flow.elements[0].weight < FEW_WORDS && strlen(page->body) > page->text_size) {
		page->text = page->body;
		page->text_size = strlen(page->body);
	}
	return 0;
}

int quoth_page_read_all_text(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page)
{
	struct quoth_page_flow flow = {.arena = arena};
	char *text = read_flow(&flow, doc);

	if (!text)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < flow.n_paragraphs; i++)
		put_paragraph(&flow, &flow.paragraphs[i], text, &page->text_size);
	text[page->text_size] = '\0';
	page->text = text;
	return 0;
}
