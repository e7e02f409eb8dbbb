/* page_flow: a page as a run of paragraphs, each with the element that it stands in. */
#ifndef QUOTH_PAGE_FLOW_H
#define QUOTH_PAGE_FLOW_H

#include "pipeline/page_internal.h"

/* An element that parts paragraphs, in document order. */
struct quoth_page_element {
	xmlNode *node;
	uint32_t parent;	/* itself at the root */
	uint32_t n_texts, n_titles;	/* paragraphs in it that count; that are links */
	uint32_t first_text, first_title;	/* numbers of the first; UINT32_MAX: none */
	uint32_t first;		/* number of its first paragraph */
	uint32_t n_cards;	/* children that look like teasers */
	uint64_t weight;	/* words of the paragraphs in it that count */
	bool is_suspect;	/* by its class: left out unless most of the page is in it */
	bool is_body;		/* by its class or property: the article's own text */
	bool is_stated;		/* by its property: surely so */
	bool is_main;		/* by its class: has the article, perhaps among other things */
	bool holds_headline;
	bool is_in_body;
	bool is_left_out;
};

struct quoth_page_paragraph {
	uint32_t element;	/* the block that it stands in */
	uint32_t begin, end;	/* of the flow's text */
	uint32_t n_linked;	/* bytes of it inside links */
	uint32_t n_words;
	bool is_heading;
	bool counts;		/* by its length: a paragraph of running text, not of links */
	bool is_boilerplate;	/* by its words: the page's, not the article's; set by who asks for the article */
};

struct quoth_page_flow {
	struct quoth_arena *arena;
	struct quoth_page_element *elements;
	struct quoth_page_paragraph *paragraphs;
	char *text;
	uint32_t n_elements, elements_size, n_paragraphs, paragraphs_size, text_size, text_capacity;
	uint32_t n_headlines;
	uint32_t begin, n_linked;	/* of the paragraph that is being made */
	bool has_space;			/* a blank waits for the next word */
	bool has_failed;
};

/* Takes the page apart; has_failed is set where memory ended. Everything is in the flow's arena. */
void quoth_page_flow_read(struct quoth_page_flow *flow, xmlNode *root);

/* What a paragraph adds to the weight of its element. */
uint32_t quoth_page_paragraph_weight(const struct quoth_page_paragraph *paragraph);

/* Most of the paragraph is links. */
bool quoth_page_is_linked(const struct quoth_page_paragraph *paragraph);

#endif
