#include "pipeline/chain.h"

#include "stages/attribute.h"
#include "stages/claim.h"
#include "stages/link.h"
#include "stages/mentions.h"
#include "stages/normalise.h"
#include "stages/parse.h"
#include "stages/quotations.h"
#include "stages/resolve.h"
#include "stages/score.h"
#include "stages/segment.h"
#include "stages/tag.h"

#include <stdbool.h>
#include <stddef.h>

static const struct {
	const char *name;
	int (*run)(struct quoth_document *, const struct quoth_resources *);
	bool is_for_show;	/* later stages do not read what it writes: run only where it is asked for */
} stages[QUOTH_N_STAGES] = {
	[QUOTH_STAGE_NORMALISE] = {"normalise", quoth_normalise, false},
	[QUOTH_STAGE_SEGMENT] = {"segment", quoth_segment, false},
	[QUOTH_STAGE_TAG] = {"tag", quoth_tag, false},
	[QUOTH_STAGE_PARSE] = {"parse", quoth_parse, true},
	[QUOTH_STAGE_MENTIONS] = {"mentions", quoth_mentions, false},
	[QUOTH_STAGE_QUOTATIONS] = {"quotations", quoth_quotations, false},
	[QUOTH_STAGE_ATTRIBUTE] = {"attribute", quoth_attribute, false},
	[QUOTH_STAGE_RESOLVE] = {"resolve", quoth_resolve, false},
	[QUOTH_STAGE_LINK] = {"link", quoth_link, false},
	[QUOTH_STAGE_SCORE] = {"score", quoth_score, false},
	[QUOTH_STAGE_CLAIM] = {"claim", quoth_claim, false},
};

const char *quoth_stage_name(unsigned stage)
{
	return stage < QUOTH_N_STAGES ? stages[stage].name : NULL;
}

int quoth_chain_run(struct quoth_document *doc, const struct quoth_resources *res, enum quoth_stage until,
		    enum quoth_stage *failed)
{
	for (unsigned stage = 0; stage < QUOTH_N_STAGES && stage <= until; stage++) {
		int error = stages[stage].is_for_show && stage != until ? 0 : stages[stage].run(doc, res);

		if (error) {
			if (failed)
				*failed = stage;
			return error;
		}
	}
	return 0;
}
