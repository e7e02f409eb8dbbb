/* page_text: the paragraphs of a page that are its article's. */
#include "config.h"

#include "pipeline/buffer.h"
#include "pipeline/page_internal.h"

#include <ctype.h>
#include <string.h>

enum {
	MANY_WORDS = 100,	/* a paragraph counts for no more */
	FEW_CHARACTERS = 30,	/* one with fewer is told by what stands around it */
	FEW_WORDS = 30,		/* a page with fewer has its article in its JSON-LD, if anywhere */
	MAX_CLASS = 400,	/* bytes of a class or id that are looked at */
};

/* An element, in document order. */
struct element {
	xmlNode *node;
	uint32_t parent;	/* itself at the root */
	uint64_t weight;	/* words of the paragraphs in it that count */
	bool is_suspect;	/* by its class: left out unless most of the page is in it */
	bool is_body;		/* by its class or property: the article's own text */
	bool is_left_out;
};

struct paragraph {
	uint32_t element;	/* the block that it stands in */
	uint32_t begin, end;	/* of the flow's text */
	uint32_t n_linked;	/* bytes of it inside links */
	uint32_t n_words;
	bool is_heading;
};

/* The page as a run of paragraphs. */
struct flow {
	struct quoth_arena *arena;
	struct element *elements;
	struct paragraph *paragraphs;
	char *text;
	uint32_t n_elements, elements_size, n_paragraphs, paragraphs_size, text_size, text_capacity;
	uint32_t begin, n_linked;	/* of the paragraph that is being made */
	bool has_space;			/* a blank waits for the next word */
	bool has_failed;
};

static void *grow(struct flow *flow, void *items, uint32_t *size, uint32_t needed, size_t item)
{
	uint32_t more = *size ? *size * 2 : 256;
	void *grown;

	if (needed < *size)
		return items;
	if (more <= needed)
		more = needed + 256;
	grown = quoth_arena_grow(flow->arena, items, *size * item, more * item);
	if (grown)
		*size = more;
	flow->has_failed |= !grown;
	return grown ? grown : items;
}

/* ---- what elements are ---- */

static bool is_one_of(const xmlNode *node, const char *names)
{
	const char *name = (const char *)node->name;
	size_t length = strlen(name);

	for (const char *at = names; (at = strstr(at, name)); at += length)
		if ((at == names || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	return false;
}

/* Elements whose text is nobody's reading, or never the article's. */
static bool is_never_read(const xmlNode *node)
{
	return is_one_of(node, "script style noscript template head svg math iframe object embed canvas audio video map select option "
			       "textarea button input form nav aside footer figure figcaption dialog menu label");
}

static bool is_block(const xmlNode *node)
{
	return is_one_of(node, "p div article section main header body html blockquote ul ol li dl dt dd table tbody thead tr td th "
			       "h1 h2 h3 h4 h5 h6 hr pre address center details summary fieldset");
}

static bool is_hidden(const xmlNode *node)
{
	const char *style = quoth_page_attribute(node, "style");
	const char *display = strstr(style, "display");

	if (display) {
		display += strlen("display");
		display += strspn(display, " :");
	}
	return (display && !strncmp(display, "none", 4)) || !strcmp(quoth_page_attribute(node, "aria-hidden"), "true") ||
	       xmlHasProp(node, (const xmlChar *)"hidden");
}

/* Looks at the words of a class or id: "c-RelatedLinks__item" is c, related, links, item. */
static void look_at_words(struct element *element, const char *value)
{
	size_t size = strnlen(value, MAX_CLASS), begin = 0;
	char lower[MAX_CLASS], joined[MAX_CLASS];
	size_t n_joined = 0;

	for (size_t i = 0; i < size; i++)
		lower[i] = (char)tolower((unsigned char)value[i]);
	for (size_t i = 0; i <= size; i++) {
		bool is_letter = i < size && isalnum((unsigned char)value[i]);
		bool is_capital = is_letter && i > begin && isupper((unsigned char)value[i]) && islower((unsigned char)value[i - 1]);

		if (is_letter)
			joined[n_joined++] = lower[i];
		if (is_letter && !is_capital)
			continue;
		if (quoth_page_word(lower + begin, i - begin) == QUOTH_PAGE_BOILERPLATE)
			element->is_suspect = true;
		if (i == size || isspace((unsigned char)value[i])) {
			if (quoth_page_word(joined, n_joined) == QUOTH_PAGE_BODY)
				element->is_body = true;
			n_joined = 0;
		}
		begin = is_capital ? i : i + 1;
	}
}

static void look_at_element(struct element *element)
{
	const char *role = quoth_page_attribute(element->node, "role");

	look_at_words(element, quoth_page_attribute(element->node, "class"));
	look_at_words(element, quoth_page_attribute(element->node, "id"));
	if (!strcmp(quoth_page_attribute(element->node, "itemprop"), "articleBody"))
		element->is_body = true;
	if (element->is_body)
		element->is_suspect = false;
	if (!strcmp(role, "navigation") || !strcmp(role, "complementary") || !strcmp(role, "contentinfo") ||
	    !strcmp(role, "search") || !strcmp(role, "dialog") || !strcmp(role, "banner"))
		element->is_suspect = true;
}

/* ---- the flow of text ---- */

static void put_text(struct flow *flow, const char *text, bool is_linked)
{
	size_t length = strlen(text), n;
	uint32_t before = flow->text_size;

	if (length > UINT32_MAX / 4 - flow->text_size) {
		flow->has_failed = true;
		return;
	}
	flow->text = grow(flow, flow->text, &flow->text_capacity, flow->text_size + (uint32_t)length + 2, 1);
	for (size_t i = 0; i < length && !flow->has_failed; i += n) {
		n = quoth_space_length(text + i, length - i);
		if (n) {
			flow->has_space = flow->text_size > flow->begin;
			continue;
		}
		if (flow->has_space)
			flow->text[flow->text_size++] = ' ';
		flow->has_space = false;
		flow->text[flow->text_size++] = text[i];
		n = 1;
	}
	flow->n_linked += is_linked ? flow->text_size - before : 0;
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\r\n\f")];
}

/* Words of three letters and more are what a text is made of; bars and numbers are not. */
static uint32_t count_words(const char *text, uint32_t size)
{
	uint32_t n = 0, letters = 0;

	for (uint32_t i = 0; i <= size; i++) {
		bool is_letter = i < size && (isalpha((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80);

		n += !is_letter && letters > 2;
		letters = is_letter ? letters + 1 : 0;
	}
	return n;
}

static bool is_mostly_linked(const struct paragraph *paragraph)
{
	return paragraph->n_linked * 2 > paragraph->end - paragraph->begin;
}

static bool counts(const struct paragraph *paragraph)
{
	return paragraph->end - paragraph->begin >= FEW_CHARACTERS && !is_mostly_linked(paragraph) && !paragraph->is_heading &&
	       paragraph->n_words > 3;
}

static void end_paragraph(struct flow *flow, uint32_t element)
{
	struct paragraph *paragraph;
	const xmlNode *node = flow->elements[element].node;

	flow->has_space = false;
	if (flow->text_size == flow->begin)
		return;
	flow->paragraphs = grow(flow, flow->paragraphs, &flow->paragraphs_size, flow->n_paragraphs, sizeof *flow->paragraphs);
	if (flow->has_failed)
		return;
	paragraph = &flow->paragraphs[flow->n_paragraphs++];
	*paragraph = (struct paragraph){
		.element = element, .begin = flow->begin, .end = flow->text_size, .n_linked = flow->n_linked,
		.is_heading = is_one_of(node, "h1 h2 h3 h4 h5 h6 th dt summary"),
	};
	paragraph->n_words = count_words(flow->text + flow->begin, flow->text_size - flow->begin);
	if (counts(paragraph))
		flow->elements[element].weight += paragraph->n_words < MANY_WORDS ? paragraph->n_words : MANY_WORDS;
	flow->begin = flow->text_size;
	flow->n_linked = 0;
}

static uint32_t add_element(struct flow *flow, xmlNode *node, uint32_t parent)
{
	flow->elements = grow(flow, flow->elements, &flow->elements_size, flow->n_elements, sizeof *flow->elements);
	if (flow->has_failed)
		return 0;
	flow->elements[flow->n_elements] = (struct element){.node = node, .parent = flow->n_elements ? parent : 0};
	look_at_element(&flow->elements[flow->n_elements]);
	return flow->n_elements++;
}

/* Takes the page apart. The block that is open is kept by going up and down with the walk; a node's _private is its block's number. */
static void read_flow(struct flow *flow, xmlNode *root)
{
	uint32_t block = add_element(flow, root, 0), n_links = 0;
	unsigned n_breaks = 0;
	xmlNode *node = root->children;

	while (node && !flow->has_failed) {
		bool is_element = node->type == XML_ELEMENT_NODE, skip = is_element && (is_never_read(node) || is_hidden(node));

		if (node->type == XML_TEXT_NODE && node->content) {
			put_text(flow, (const char *)node->content, n_links > 0);
			n_breaks = is_blank((const char *)node->content) ? n_breaks : 0;
		} else if (is_element && !strcmp((const char *)node->name, "br")) {
			put_text(flow, " ", false);
			if (++n_breaks > 1)
				end_paragraph(flow, block);
		} else if (is_element && is_block(node)) {
			end_paragraph(flow, block);
			if (!skip)
				block = add_element(flow, node, block);
			n_breaks = 0;
		} else if (is_element && !skip && !strcmp((const char *)node->name, "a")) {
			n_links += node->children != NULL;
		}
		if (node->children && is_element && !skip) {
			node = node->children;
			continue;
		}
		if (is_element && !skip && is_block(node)) {	/* without children: it ends here */
			end_paragraph(flow, block);
			block = flow->elements[block].parent;
		}
		while (node != root && !node->next) {
			node = node->parent;
			if (node != root && is_block(node)) {
				end_paragraph(flow, block);
				block = flow->elements[block].parent;
			} else if (node != root && !strcmp((const char *)node->name, "a")) {
				n_links -= n_links > 0;
			}
		}
		node = node == root ? NULL : node->next;
	}
	end_paragraph(flow, 0);
}

/* ---- finding the article ---- */

/* Adds up what counts, from the leaves to the root. */
static void sum_weights(struct flow *flow)
{
	for (uint32_t e = flow->n_elements; e-- > 1;)
		flow->elements[flow->elements[e].parent].weight += flow->elements[e].weight;
}

/* Leaves out what its class tells is no article, unless half of the page is in it; weights are summed anew. */
static void leave_out(struct flow *flow)
{
	uint64_t all = flow->elements[0].weight;

	for (uint32_t e = 1; e < flow->n_elements; e++) {
		struct element *element = &flow->elements[e];

		element->is_left_out = flow->elements[element->parent].is_left_out ||
				       (element->is_suspect && element->weight * 2 < all);
	}
	for (uint32_t e = 0; e < flow->n_elements; e++)
		flow->elements[e].weight = 0;
	for (uint32_t i = 0; i < flow->n_paragraphs; i++) {
		struct paragraph *paragraph = &flow->paragraphs[i];

		if (counts(paragraph) && !flow->elements[paragraph->element].is_left_out)
			flow->elements[paragraph->element].weight +=
				paragraph->n_words < MANY_WORDS ? paragraph->n_words : MANY_WORDS;
	}
	sum_weights(flow);
}

/* The innermost element that is named as the article's text and has most of the page's; else the innermost that has nearly all of it. */
static uint32_t find_article(const struct flow *flow)
{
	uint64_t all = flow->elements[0].weight;
	uint32_t best = 0;

	for (uint32_t e = 1; e < flow->n_elements; e++)
		if (flow->elements[e].is_body && flow->elements[e].weight * 10 > all * 5)
			best = e;
	for (uint32_t e = best + 1; e < flow->n_elements; e++) {
		const struct element *element = &flow->elements[e];

		if (element->parent == best && element->weight * 5 > flow->elements[best].weight * 4 &&
		    strcmp((const char *)element->node->name, "p"))
			best = e;
	}
	return best;
}

static bool ends_as_sentence(const char *text, uint32_t size)
{
	static const char *const ends[] = {".", "!", "?", "\"", "”", "’", "…", ":", ")", NULL};

	for (size_t i = 0; ends[i]; i++) {
		size_t n = strlen(ends[i]);

		if (size >= n && !memcmp(text + size - n, ends[i], n))
			return true;
	}
	return false;
}

/* Whether a paragraph inside the article is its own. A heading is where text of the article follows: the caller sees to that. */
static bool is_article_text(const struct flow *flow, const struct paragraph *paragraph)
{
	const char *text = flow->text + paragraph->begin;
	uint32_t size = paragraph->end - paragraph->begin;

	if (flow->elements[paragraph->element].is_left_out || is_mostly_linked(paragraph) || quoth_page_is_opening(text, size))
		return false;
	return paragraph->is_heading || counts(paragraph) || ends_as_sentence(text, size);
}

static void put_paragraph(struct flow *flow, const struct paragraph *paragraph, char *into, size_t *size)
{
	if (*size) {
		memcpy(into + *size, "\n\n", 2);
		*size += 2;
	}
	memcpy(into + *size, flow->text + paragraph->begin, paragraph->end - paragraph->begin);
	*size += paragraph->end - paragraph->begin;
}

int quoth_page_read_text(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page)
{
	struct flow flow = {.arena = arena};
	uint32_t article, end;
	const struct paragraph *heading = NULL;
	char *text;

	read_flow(&flow, xmlDocGetRootElement(doc));
	text = flow.has_failed ? NULL : quoth_arena_alloc(arena, (size_t)flow.text_size + 2 * (size_t)flow.n_paragraphs + 1);
	if (!text)
		return QUOTH_NO_MEMORY;
	sum_weights(&flow);
	leave_out(&flow);
	article = find_article(&flow);
	for (end = article + 1; end < flow.n_elements && flow.elements[end].parent >= article; end++)
		;
	for (uint32_t i = 0; i < flow.n_paragraphs; i++) {
		const struct paragraph *paragraph = &flow.paragraphs[i];

		if (paragraph->element < article || paragraph->element >= end || !is_article_text(&flow, paragraph))
			continue;
		if (paragraph->is_heading) {
			heading = page->text_size ? paragraph : NULL;	/* not the headline above the text */
			continue;
		}
		if (heading)
			put_paragraph(&flow, heading, text, &page->text_size);
		heading = NULL;
		put_paragraph(&flow, paragraph, text, &page->text_size);
	}
	text[page->text_size] = '\0';
	page->text = text;
	if (page->body && flow.elements[0].weight < FEW_WORDS && strlen(page->body) > page->text_size) {
		page->text = page->body;
		page->text_size = strlen(page->body);
	}
	return 0;
}
