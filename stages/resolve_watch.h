/* resolve_watch: what the trainer sees of the resolve stage at work, so that both go by the same features. */
#ifndef QUOTH_RESOLVE_WATCH_H
#define QUOTH_RESOLVE_WATCH_H

#include "stages/resolve_discourse.h"
#include "stages/weighings.h"

/* A cluster that a pronoun may mean. The entity of the same index is written when the stage has ended. */
struct quoth_antecedent {
	uint32_t cluster;
	uint8_t gender;		/* enum quoth_gender */
	bool is_possible;	/* its gender does not speak against it; watchers see the others, too */
	int8_t features[QUOTH_N_ANTECEDENT_FEATURES];
};

struct quoth_antecedents {
	uint32_t mention;
	enum quoth_weighing weighing;
	uint8_t gender;		/* the pronoun's */
	uint32_t n;
	struct quoth_antecedent list[QUOTH_N_RINGS * RECENT];	/* of a ring the newest first */
};

struct quoth_watcher {
	void (*see)(void *context, const struct quoth_antecedents *antecedents);
	void *context;
};

/* quoth_resolve, with a watcher. */
int quoth_resolve_watched(struct quoth_document *doc, const struct quoth_resources *res,
			  const struct quoth_watcher *watcher);

#endif
