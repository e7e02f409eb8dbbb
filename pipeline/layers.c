/* layers: what a stage made, as JSON lines, for people who look at one stage (--until=STAGE).
 *
 * Each line has doc, layer and the entry's index `i`, and names what other entries it points to by their indices. Ranges
 * of tokens are printed as the bytes of the input that they cover, with the text after normalisation.
 */
#include "pipeline/writer.h"

struct dump {
	struct quoth_buffer *into;
	const struct quoth_document *doc;
	const char *doc_json;		/* ,"doc":"…" ready-made */
	size_t doc_json_size;
};

static void put_name(struct dump *dump, const char *name)
{
	quoth_buffer_put_string(dump->into, ",\"");
	quoth_buffer_put_string(dump->into, name);
	quoth_buffer_put_string(dump->into, "\":");
}

static void put_text(struct dump *dump, const char *name, const char *text)
{
	put_name(dump, name);
	quoth_buffer_put_json(dump->into, text, strlen(text));
}

static void put_number(struct dump *dump, const char *name, uint32_t number)
{
	put_name(dump, name);
	quoth_buffer_put_number(dump->into, number);
}

/* An index into a layer; null for none. */
static void put_index(struct dump *dump, const char *name, uint32_t index)
{
	put_name(dump, name);
	if (index == QUOTH_NONE)
		quoth_buffer_put_string(dump->into, "null");
	else
		quoth_buffer_put_number(dump->into, index);
}

static void put_truth(struct dump *dump, const char *name, bool is_true)
{
	put_name(dump, name);
	quoth_buffer_put_string(dump->into, is_true ? "true" : "false");
}

static void put_span(struct dump *dump, struct quoth_span span)
{
	quoth_buffer_put_byte(dump->into, '[');
	quoth_buffer_put_number(dump->into, span.begin);
	quoth_buffer_put_byte(dump->into, ',');
	quoth_buffer_put_number(dump->into, span.end);
	quoth_buffer_put_byte(dump->into, ']');
}

/* name: text, name_span: bytes; both null for an empty range. */
static void put_range(struct dump *dump, const char *name, struct quoth_range tokens)
{
	const struct quoth_document *doc = dump->doc;
	const struct quoth_token *last;

	put_name(dump, name);
	if (quoth_range_is_empty(tokens) || tokens.end > doc->n_tokens) {
		quoth_buffer_put_string(dump->into, "null");
		return;
	}
	last = &doc->tokens[tokens.end - 1];
	quoth_buffer_put_string(dump->into, "{\"text\":");
	quoth_buffer_put_json(dump->into, quoth_token_text(doc, tokens.begin),
			      last->text + last->length - doc->tokens[tokens.begin].text);
	quoth_buffer_put_string(dump->into, ",\"span\":");
	put_span(dump, quoth_tokens_span(doc, tokens));
	quoth_buffer_put_string(dump->into, ",\"tokens\":");
	put_span(dump, (struct quoth_span){tokens.begin, tokens.end});
	quoth_buffer_put_byte(dump->into, '}');
}

static void begin_line(struct dump *dump, const char *layer, uint32_t i)
{
	quoth_buffer_put(dump->into, dump->doc_json, dump->doc_json_size);
	put_text(dump, "layer", layer);
	put_number(dump, "i", i);
}

static void end_line(struct dump *dump)
{
	quoth_buffer_put_string(dump->into, "}\n");
}

/* A name from a list, "?" beyond it. */
#define NAME(list, i) ((i) < sizeof(list) / sizeof *(list) ? (list)[i] : "?")

static void dump_normalise(struct dump *dump)
{
	const struct quoth_document *doc = dump->doc;

	begin_line(dump, "text", 0);
	put_number(dump, "input_bytes", doc->input_size);
	put_number(dump, "text_bytes", doc->text_size);
	put_number(dump, "invalid_bytes", doc->n_invalid);
	put_name(dump, "text");
	quoth_buffer_put_json(dump->into, doc->text ? doc->text : "", doc->text ? doc->text_size : 0);
	put_name(dump, "offsets");
	quoth_buffer_put_byte(dump->into, '[');
	for (uint32_t i = 0; i < doc->n_offsets; i++) {
		if (i)
			quoth_buffer_put_byte(dump->into, ',');
		put_span(dump, (struct quoth_span){doc->offsets[i].text, doc->offsets[i].input});
	}
	quoth_buffer_put_byte(dump->into, ']');
	end_line(dump);
}

static void put_flags(struct dump *dump, unsigned flags)
{
	static const char *const names[] = {"space_before", "line_start", "sentence_start", "digit", "hyphen",
					    "abbreviation", "handle"};
	const char *comma = "\"";

	put_name(dump, "flags");
	quoth_buffer_put_byte(dump->into, '[');
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(flags >> i & 1))
			continue;
		quoth_buffer_put_string(dump->into, comma);
		quoth_buffer_put_string(dump->into, names[i]);
		quoth_buffer_put_byte(dump->into, '"');
		comma = ",\"";
	}
	quoth_buffer_put_byte(dump->into, ']');
}

static void put_token(struct dump *dump, uint32_t i, bool is_tagged)
{
	static const char *const kinds[] = {"word", "number", "quote_mark", "punctuation", "symbol"};
	static const char *const marks[] = {
		"none", "straight_double", "straight_single", "open_double", "close_double", "low_double", "open_single",
		"close_single", "low_single", "left_guillemet", "right_guillemet", "left_angle", "right_angle",
		"left_corner", "right_corner", "prime", "comma", "stop", "question", "exclamation", "colon", "semicolon",
		"dash", "hyphen", "ellipsis", "open_bracket", "close_bracket", "slash", "bullet", "other"};
	static const char *const shapes[] = {"none", "lower", "capitalised", "upper", "mixed"};
	const struct quoth_token *token = &dump->doc->tokens[i];

	quoth_buffer_put_string(dump->into, "{\"i\":");
	quoth_buffer_put_number(dump->into, i);
	put_name(dump, "text");
	quoth_buffer_put_json(dump->into, quoth_token_text(dump->doc, i), token->length);
	put_name(dump, "span");
	put_span(dump, token->span);
	put_text(dump, "kind", NAME(kinds, token->kind));
	if (token->mark)
		put_text(dump, "mark", NAME(marks, token->mark));
	put_text(dump, "shape", NAME(shapes, token->shape));
	put_number(dump, "lexeme", token->lexeme);
	if (is_tagged) {
		put_text(dump, "tag", quoth_tag_name(token->tag));
		if (token->name)
			put_text(dump, "name", quoth_name_class_name(token->name));
	}
	put_flags(dump, token->flags);
	quoth_buffer_put_byte(dump->into, '}');
}

static void dump_sentences(struct dump *dump, bool is_tagged)
{
	static const char *const kinds[] = {"body", "headline", "byline", "list_item", "turn"};
	const struct quoth_document *doc = dump->doc;

	for (uint32_t i = 0; i < doc->n_sentences; i++) {
		const struct quoth_sentence *sentence = &doc->sentences[i];
		const struct quoth_paragraph *paragraph = &doc->paragraphs[sentence->paragraph];

		begin_line(dump, "sentence", i);
		put_number(dump, "paragraph", sentence->paragraph);
		put_text(dump, "paragraph_kind", NAME(kinds, paragraph->kind));
		if (paragraph->sentences.begin == i && paragraph->dateline_end > paragraph->tokens.begin)
			put_range(dump, "dateline",
				  (struct quoth_range){paragraph->tokens.begin, paragraph->dateline_end});
		put_range(dump, "sentence", sentence->tokens);
		put_name(dump, "tokens");
		quoth_buffer_put_byte(dump->into, '[');
		for (uint32_t t = sentence->tokens.begin; t < sentence->tokens.end; t++) {
			if (t > sentence->tokens.begin)
				quoth_buffer_put_byte(dump->into, ',');
			put_token(dump, t, is_tagged);
		}
		quoth_buffer_put_byte(dump->into, ']');
		end_line(dump);
	}
}

static void put_agreement(struct dump *dump, unsigned gender, unsigned number)
{
	static const char *const genders[] = {"unknown", "male", "female", "neuter"};
	static const char *const numbers[] = {"unknown", "singular", "plural"};

	put_text(dump, "gender", NAME(genders, gender));
	put_text(dump, "number", NAME(numbers, number));
}

static void dump_mentions(struct dump *dump)
{
	static const char *const kinds[] = {"name", "nominal", "pronoun"};

	for (uint32_t i = 0; i < dump->doc->n_mentions; i++) {
		const struct quoth_mention *mention = &dump->doc->mentions[i];

		begin_line(dump, "mention", i);
		put_text(dump, "kind", NAME(kinds, mention->kind));
		put_text(dump, "name_class", quoth_name_class_name(mention->name_class));
		put_range(dump, "mention", mention->tokens);
		put_range(dump, "name", mention->name);
		put_range(dump, "title", mention->title);
		put_range(dump, "affiliation", mention->affiliation);
		put_index(dump, "head", mention->head);
		put_index(dump, "apposition", mention->apposition);
		put_agreement(dump, mention->gender, mention->number);
		put_truth(dump, "is_animate", mention->is_animate);
		put_index(dump, "entity", mention->entity);
		end_line(dump);
	}
}

static void dump_quotations(struct dump *dump)
{
	for (uint32_t i = 0; i < dump->doc->n_quotations; i++) {
		const struct quoth_quotation *quotation = &dump->doc->quotations[i];

		begin_line(dump, "quotation", i);
		put_range(dump, "quotation", quotation->tokens);
		put_number(dump, "depth", quotation->depth);
		put_index(dump, "parent", quotation->parent);
		put_index(dump, "continues", quotation->continues);
		put_truth(dump, "is_closed", quotation->is_closed);
		put_truth(dump, "is_scare", quotation->is_scare);
		end_line(dump);
	}
}

static void dump_entities(struct dump *dump)
{
	for (uint32_t i = 0; i < dump->doc->n_entities; i++) {
		const struct quoth_entity *entity = &dump->doc->entities[i];

		begin_line(dump, "entity", i);
		put_text(dump, "name", entity->name);
		put_text(dump, "kind", quoth_speaker_kind_name(entity->kind));
		put_text(dump, "role", entity->role);
		put_text(dump, "id", entity->id);
		put_agreement(dump, entity->gender, entity->number);
		end_line(dump);
	}
}

static void dump_attributions(struct dump *dump, enum quoth_stage until)
{
	for (uint32_t i = 0; i < dump->doc->n_attributions; i++) {
		const struct quoth_attribution *attribution = &dump->doc->attributions[i];

		begin_line(dump, "attribution", i);
		put_text(dump, "kind", quoth_kind_name(attribution->kind));
		put_number(dump, "rule", attribution->rule);
		put_range(dump, "source", attribution->source);
		put_range(dump, "cue", attribution->cue);
		put_name(dump, "parts");
		for (unsigned k = 0; k < attribution->n_parts && k < QUOTH_MAX_PARTS; k++) {
			quoth_buffer_put_string(dump->into, k ? ",{\"part\":" : "[{\"part\":");
			quoth_buffer_put_number(dump->into, k);
			put_range(dump, "content", attribution->parts[k]);
			quoth_buffer_put_byte(dump->into, '}');
		}
		quoth_buffer_put_string(dump->into, attribution->n_parts ? "]" : "[]");
		put_index(dump, "mention", attribution->mention);
		put_index(dump, "continues", attribution->continues);
		if (until >= QUOTH_STAGE_RESOLVE) {
			put_text(dump, "resolution", quoth_resolution_name(attribution->resolution));
			put_index(dump, "entity", attribution->entity);
		}
		if (until >= QUOTH_STAGE_SCORE) {
			put_name(dump, "confidence");
			quoth_buffer_put_thousandths(dump->into, quoth_thousandths(attribution->confidence));
		}
		if (until >= QUOTH_STAGE_CLAIM) {
			put_text(dump, "stance", quoth_stance_name(attribution->stance));
			put_name(dump, "claim");
			quoth_buffer_put_json(dump->into, attribution->claim ? attribution->claim : "", attribution->claim_size);
		}
		end_line(dump);
	}
}

static int write_layers(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	struct quoth_buffer head = {0};
	struct dump dump = {.into = into, .doc = doc};

	quoth_buffer_put_string(&head, "{\"doc\":");
	quoth_buffer_put_json(&head, doc->id, strlen(doc->id));
	dump.doc_json = head.bytes;
	dump.doc_json_size = head.size;
	switch (writing->until) {
	case QUOTH_STAGE_NORMALISE: dump_normalise(&dump); break;
	case QUOTH_STAGE_SEGMENT: dump_sentences(&dump, false); break;
	case QUOTH_STAGE_TAG: dump_sentences(&dump, true); break;
	case QUOTH_STAGE_MENTIONS: dump_mentions(&dump); break;
	case QUOTH_STAGE_QUOTATIONS: dump_quotations(&dump); break;
	case QUOTH_STAGE_RESOLVE:
	case QUOTH_STAGE_LINK:
	case QUOTH_STAGE_SCORE:
	case QUOTH_STAGE_CLAIM: dump_entities(&dump);
		/* fall through */
	default: dump_attributions(&dump, writing->until);
	}
	quoth_buffer_free(&head);
	return into->has_failed ? QUOTH_NO_MEMORY : 0;
}

const struct quoth_writer quoth_writer_layers = {
	.name = "layers",
	.what = "the layers of a stage as JSON lines",
	.write = write_layers,
};
