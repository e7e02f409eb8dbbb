/* link_candidates: the entries that an entity could be. Part of link. */
#ifndef QUOTH_LINK_CANDIDATES_H
#define QUOTH_LINK_CANDIDATES_H

#include "stages/gazetteer.h"
#include "stages/link_evidence.h"

/* An entry that has the entity's name. */
struct quoth_link_candidate {
	struct quoth_gazetteer_entry entry;
	struct quoth_background background;
	struct quoth_evidence evidence;
};

/* An entity whose name some entry has. */
struct quoth_link_entity {
	struct quoth_link_candidate *candidates;
	const struct quoth_link_candidate *taken;	/* one of them, NULL */
	uint32_t entity;
	uint8_t n_candidates;
	bool is_doubtful;		/* its candidates have its name but nearly, or but one name */
	bool is_unknown;		/* the article says nothing of it */
	bool is_open;			/* what else the article speaks of is to decide */
	struct quoth_link_entity *next;
};

#endif
