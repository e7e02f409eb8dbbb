/* page_flow: what elements are, and the paragraphs that they part. */
#include "config.h"

#include "pipeline/buffer.h"
#include "pipeline/page_flow.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	MANY_WORDS = 100,	/* a paragraph counts for no more */
	FEW_CHARACTERS = 30,	/* one with fewer is told by what stands around it */
	MAX_CLASS = 400,	/* bytes of a class or id that are looked at */
};

static void *grow(struct quoth_page_flow *flow, void *items, uint32_t *size, uint32_t needed, size_t item)
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

enum { NEVER_READ = 1, BLOCK = 2, HEADING = 4 };

struct element_kind {
	const char *name;
	unsigned kinds;
};

static int compare_names(const void *name, const void *kind)
{
	return strcmp(name, ((const struct element_kind *)kind)->name);
}

/* What an element's name tells: that its text is nobody's reading, or never the article's; that it parts paragraphs; that it heads some. */
static unsigned kinds_of(const xmlNode *node)
{
	static const struct element_kind kinds[] = {	/* in byte order */
		{"address", BLOCK}, {"amp-ad", NEVER_READ}, {"amp-consent", NEVER_READ}, {"amp-embed", NEVER_READ},
		{"amp-sidebar", NEVER_READ}, {"amp-social-share", NEVER_READ}, {"amp-user-notification", NEVER_READ},
		{"article", BLOCK}, {"aside", NEVER_READ}, {"audio", NEVER_READ}, {"blockquote", BLOCK}, {"body", BLOCK},
		{"button", NEVER_READ}, {"canvas", NEVER_READ}, {"center", BLOCK}, {"dd", BLOCK}, {"details", BLOCK},
		{"dialog", NEVER_READ}, {"div", BLOCK}, {"dl", BLOCK}, {"dt", BLOCK | HEADING}, {"embed", NEVER_READ},
		{"fieldset", BLOCK}, {"figcaption", NEVER_READ}, {"figure", NEVER_READ}, {"footer", NEVER_READ}, {"form", NEVER_READ},
		{"h1", BLOCK | HEADING}, {"h2", BLOCK | HEADING}, {"h3", BLOCK | HEADING}, {"h4", BLOCK | HEADING},
		{"h5", BLOCK | HEADING}, {"h6", BLOCK | HEADING}, {"head", NEVER_READ}, {"header", BLOCK}, {"hr", BLOCK},
		{"html", BLOCK}, {"iframe", NEVER_READ}, {"input", NEVER_READ}, {"label", NEVER_READ}, {"li", BLOCK}, {"main", BLOCK},
		{"map", NEVER_READ}, {"math", NEVER_READ}, {"menu", NEVER_READ}, {"nav", NEVER_READ}, {"noscript", NEVER_READ},
		{"object", NEVER_READ}, {"ol", BLOCK}, {"option", NEVER_READ}, {"p", BLOCK}, {"pre", BLOCK}, {"script", NEVER_READ},
		{"section", BLOCK}, {"select", NEVER_READ}, {"style", NEVER_READ}, {"summary", BLOCK | HEADING}, {"svg", NEVER_READ},
		{"table", BLOCK}, {"tbody", BLOCK}, {"td", BLOCK}, {"template", NEVER_READ}, {"textarea", NEVER_READ},
		{"th", BLOCK | HEADING}, {"thead", BLOCK}, {"tr", BLOCK}, {"ul", BLOCK}, {"video", NEVER_READ},
	};
	const struct element_kind *found =
		bsearch(node->name, kinds, sizeof kinds / sizeof *kinds, sizeof *kinds, compare_names);

	return found ? found->kinds : 0;
}

static bool is_block(const xmlNode *node)
{
	return kinds_of(node) & BLOCK;
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
static void look_at_words(struct quoth_page_element *element, const char *value)
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
			enum quoth_page_word whole = quoth_page_word(joined, n_joined);

			element->is_body |= whole == QUOTH_PAGE_BODY;
			element->is_main |= whole == QUOTH_PAGE_MAIN;
			element->is_suspect |= whole == QUOTH_PAGE_BOILERPLATE;
			n_joined = 0;
		}
		begin = is_capital ? i : i + 1;
	}
}

static void look_at_element(struct quoth_page_element *element)
{
	static const char *const naming[] = {"class", "id", "itemprop", "name", "data-component", "data-testid", "data-type"};
	static const char *const roles[] = {"navigation", "complementary", "contentinfo", "search", "dialog", "banner"};
	const char *role = quoth_page_attribute(element->node, "role");

	for (size_t i = 0; i < sizeof naming / sizeof *naming; i++)
		look_at_words(element, quoth_page_attribute(element->node, naming[i]));
	element->is_stated = !strcmp(quoth_page_attribute(element->node, "itemprop"), "articleBody");
	if (element->is_body)
		element->is_suspect = false;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		element->is_suspect |= !strcmp(role, roles[i]);
}

/* ---- the flow of text ---- */

static void put_text(struct quoth_page_flow *flow, const char *text, bool is_linked)
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

bool quoth_page_is_linked(const struct quoth_page_paragraph *paragraph)
{
	return paragraph->n_linked * 2 > paragraph->end - paragraph->begin;
}

static bool is_running_text(const struct quoth_page_paragraph *paragraph)
{
	return paragraph->end - paragraph->begin >= FEW_CHARACTERS && !quoth_page_is_linked(paragraph) && !paragraph->is_heading &&
	       paragraph->n_words > 3;
}

uint32_t quoth_page_paragraph_weight(const struct quoth_page_paragraph *paragraph)
{
	return !paragraph->counts ? 0 : paragraph->n_words < MANY_WORDS ? paragraph->n_words : MANY_WORDS;
}

static void end_paragraph(struct quoth_page_flow *flow, uint32_t element)
{
	struct quoth_page_paragraph *paragraph;
	const xmlNode *node = flow->elements[element].node;

	flow->has_space = false;
	if (flow->text_size == flow->begin)
		return;
	flow->paragraphs = grow(flow, flow->paragraphs, &flow->paragraphs_size, flow->n_paragraphs, sizeof *flow->paragraphs);
	if (flow->has_failed)
		return;
	paragraph = &flow->paragraphs[flow->n_paragraphs++];
	*paragraph = (struct quoth_page_paragraph){
		.element = element, .begin = flow->begin, .end = flow->text_size, .n_linked = flow->n_linked,
		.is_heading = kinds_of(node) & HEADING,
	};
	paragraph->n_words = count_words(flow->text + flow->begin, flow->text_size - flow->begin);
	paragraph->counts = is_running_text(paragraph);
	flow->begin = flow->text_size;
	flow->n_linked = 0;
}

static uint32_t add_element(struct quoth_page_flow *flow, xmlNode *node, uint32_t parent)
{
	flow->elements = grow(flow, flow->elements, &flow->elements_size, flow->n_elements, sizeof *flow->elements);
	if (flow->has_failed)
		return 0;
	flow->elements[flow->n_elements] = (struct quoth_page_element){
		.node = node, .parent = flow->n_elements ? parent : 0,
		.first_text = UINT32_MAX, .first_title = UINT32_MAX, .first = UINT32_MAX,
		.holds_headline = !strcmp((const char *)node->name, "h1"),
	};
	flow->n_headlines += flow->elements[flow->n_elements].holds_headline;
	look_at_element(&flow->elements[flow->n_elements]);
	return flow->n_elements++;
}

/* A line of nothing but a link is a paragraph of its own: the text behind the break is another. */
static bool is_link_so_far(const struct quoth_page_flow *flow)
{
	uint32_t size = flow->text_size - flow->begin;

	return size > 0 && flow->n_linked == size;
}

/* Takes the page apart. The block that is open is kept by going up and down with the walk. */
void quoth_page_flow_read(struct quoth_page_flow *flow, xmlNode *root)
{
	uint32_t block = add_element(flow, root, 0), n_links = 0;
	unsigned n_breaks = 0;
	xmlNode *node = root->children;

	while (node && !flow->has_failed) {
		bool is_element = node->type == XML_ELEMENT_NODE, skip = is_element && (kinds_of(node) & NEVER_READ || is_hidden(node));

		if (node->type == XML_TEXT_NODE && node->content) {
			put_text(flow, (const char *)node->content, n_links > 0);
			n_breaks = is_blank((const char *)node->content) ? n_breaks : 0;
		} else if (is_element && !strcmp((const char *)node->name, "br")) {
			put_text(flow, " ", false);
			if (++n_breaks > 1 || is_link_so_far(flow))
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
	if (flow->n_elements)	/* not where there was no memory for the root */
		end_paragraph(flow, 0);
}
