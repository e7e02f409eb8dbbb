/* parse_model: the learned parser, for the parse stage and for the trainer's measurements. */
#ifndef QUOTH_PARSE_MODEL_H
#define QUOTH_PARSE_MODEL_H

#include "stages/document.h"
#include "stages/model.h"
#include "stages/parse_beam.h"

struct quoth_parse_model {
	struct quoth_word_tables words;
	struct quoth_weights moves, relations;
	int32_t move_factor, relation_factor;	/* put their scores on one scale */
};

/* Room for one sentence at a time. */
struct quoth_parse_room {
	struct quoth_parse_input input;
	struct quoth_parse_beam beam;
};

/* false if the model lacks one of the tables. */
bool quoth_parse_model_find(const struct quoth_model *model, struct quoth_parse_model *parse_model);

/* Sets head and relation of all tokens of a sentence that are tagged, and sentence.is_parsed: a projective tree with one
 * root. */
void quoth_parse_sentence(const struct quoth_parse_model *model, struct quoth_document *doc, uint32_t sentence,
			  struct quoth_parse_room *room);

#endif
