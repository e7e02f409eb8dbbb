/* chain: the stages in their order. */
#ifndef QUOTH_CHAIN_H
#define QUOTH_CHAIN_H

#include "stages/document.h"
#include "stages/resources.h"

/* The stages in the order in which a document walks through them; QUOTH_N_STAGES stands for all. */
enum quoth_stage {
	QUOTH_STAGE_NORMALISE,
	QUOTH_STAGE_SEGMENT,
	QUOTH_STAGE_TAG,
	QUOTH_STAGE_PARSE,
	QUOTH_STAGE_MENTIONS,
	QUOTH_STAGE_QUOTATIONS,
	QUOTH_STAGE_ATTRIBUTE,
	QUOTH_STAGE_RESOLVE,
	QUOTH_STAGE_LINK,
	QUOTH_STAGE_SCORE,
	QUOTH_STAGE_CLAIM,
	QUOTH_N_STAGES
};

/* "normalise", "segment", …; NULL beyond the last. */
const char *quoth_stage_name(unsigned stage);

/* Runs the stages up to and with `until` on a document that quoth_document_begin has set up. 0 or the error of the stage
 * that failed; *failed (may be NULL) then names it. */
int quoth_chain_run(struct quoth_document *doc, const struct quoth_resources *res, enum quoth_stage until,
		    enum quoth_stage *failed);

#endif
