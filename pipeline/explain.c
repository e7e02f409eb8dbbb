#include "pipeline/explain.h"

#include "pipeline/rows.h"
#include "stages/content.h"
#include "stages/explanation.h"
#include "stages/feature_phrases.h"
#include "stages/rules.h"

#include <math.h>

enum {
	MAX_TEXT = 120,		/* bytes of a text that are told */
	BESIDE = 2,		/* tokens on each side of others that tell where these stand */
	MAX_WORD = 24,		/* bytes that are given up to end with a whole word */
};

/* ---- pieces ---- */

static void put_name(struct quoth_buffer *into, const char *name)
{
	quoth_buffer_put_byte(into, '"');
	quoth_buffer_put_string(into, name);
	quoth_buffer_put_string(into, "\":");
}

/* A number with two decimals and its sign, never in the locale's way. */
static void put_hundredths(struct quoth_buffer *into, float number)
{
	double hundredths = floor(fabs((double)number) * 100 + 0.5);
	uint64_t n = hundredths < 1e15 ? (uint64_t)hundredths : UINT64_C(1000000000000000);

	if (number < 0 && n)
		quoth_buffer_put_byte(into, '-');
	quoth_buffer_put_number(into, n / 100);
	quoth_buffer_put_byte(into, '.');
	quoth_buffer_put_byte(into, (char)('0' + n / 10 % 10));
	quoth_buffer_put_byte(into, (char)('0' + n % 10));
}

/* The inside of a JSON string, cut to a few words. */
static void put_cut(struct quoth_buffer *into, const char *text, size_t size)
{
	size_t end = size;

	if (size > MAX_TEXT) {
		for (end = MAX_TEXT; end > MAX_TEXT - MAX_WORD && text[end] != ' '; end--)
			;
		if (text[end] != ' ')
			for (end = MAX_TEXT; end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80; end--)
				;
	}
	quoth_buffer_put_json_folded(into, text, end);
	if (end < size)
		quoth_buffer_put_string(into, "…");
}

static void put_tokens(struct quoth_buffer *into, const struct quoth_document *doc, struct quoth_range tokens)
{
	const struct quoth_token *last;

	if (quoth_range_is_empty(tokens) || tokens.end > doc->n_tokens)
		return;
	last = &doc->tokens[tokens.end - 1];
	put_cut(into, quoth_token_text(doc, tokens.begin), last->text + last->length - doc->tokens[tokens.begin].text);
}

static void put_entity(struct quoth_buffer *into, const struct quoth_document *doc, uint32_t entity)
{
	if (entity < doc->n_entities)
		put_cut(into, doc->entities[entity].name, strlen(doc->entities[entity].name));
}

/* Tokens with those beside them in their sentence. */
static struct quoth_range widen(const struct quoth_document *doc, struct quoth_range tokens)
{
	struct quoth_range sentence = doc->sentences[doc->tokens[tokens.begin].sentence].tokens;

	tokens.begin = tokens.begin > sentence.begin + BESIDE ? tokens.begin - BESIDE : sentence.begin;
	tokens.end = tokens.end + BESIDE < sentence.end ? tokens.end + BESIDE : sentence.end;
	return tokens;
}

/* A phrase with its values, as a JSON string. */
static void put_words(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_reason *reason)
{
	quoth_buffer_put_byte(into, '"');
	for (const char *c = reason->words; *c; c++) {
		if (*c != '%') {
			quoth_buffer_put_byte(into, *c);
			continue;
		}
		switch (*++c) {
		case 't': put_tokens(into, doc, reason->tokens); break;
		case 'c': put_tokens(into, doc, widen(doc, reason->tokens)); break;
		case 'e': put_entity(into, doc, reason->entity); break;
		case 'n': quoth_buffer_put_number(into, reason->number); break;
		default: return;
		}
	}
	quoth_buffer_put_byte(into, '"');
}

static void put_reasons(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_reason *reasons,
			unsigned n)
{
	put_name(into, "reasons");
	quoth_buffer_put_byte(into, '[');
	for (unsigned i = 0; i < n; i++) {
		quoth_buffer_put_string(into, i ? ",{" : "{");
		put_name(into, "because");
		put_words(into, doc, &reasons[i]);
		if (reasons[i].weight < 0 || reasons[i].weight > 0) {
			quoth_buffer_put_byte(into, ',');
			put_name(into, "weight");
			put_hundredths(into, reasons[i].weight);
		}
		quoth_buffer_put_byte(into, '}');
	}
	quoth_buffer_put_byte(into, ']');
}

static void put_readers(struct quoth_buffer *into, bool is_by_rules, bool is_by_model)
{
	put_name(into, "found_by");
	quoth_buffer_put_string(into, is_by_rules && is_by_model ? "[\"rules\",\"model\"]," : is_by_rules ? "[\"rules\"]," :
				      is_by_model ? "[\"model\"]," : "[],");
}

/* ---- choices ---- */

/* The parts of a content as the row has them: without the marks around them. Returns how many are left. */
static unsigned find_parts(const struct quoth_document *doc, const struct quoth_alternative *item, bool is_content,
			   struct quoth_range parts[QUOTH_MAX_PARTS])
{
	unsigned n = 0;

	for (unsigned i = 0; i < item->n_parts; i++) {
		parts[n] = is_content ? quoth_content_trim(doc, item->parts[i]) : item->parts[i];
		n += !quoth_range_is_empty(parts[n]);
	}
	return n;
}

static void put_spans(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_range *parts,
		      unsigned n)
{
	put_name(into, "spans");
	quoth_buffer_put_byte(into, '[');
	for (unsigned i = 0; i < n; i++) {
		struct quoth_span span = quoth_tokens_span(doc, parts[i]);

		quoth_buffer_put_string(into, i ? ",[" : "[");
		quoth_buffer_put_number(into, span.begin);
		quoth_buffer_put_byte(into, ',');
		quoth_buffer_put_number(into, span.end);
		quoth_buffer_put_byte(into, ']');
	}
	quoth_buffer_put_string(into, "],");
}

static void put_who_or_what(struct quoth_buffer *into, const struct quoth_document *doc, uint32_t entity,
			    const struct quoth_range *parts, unsigned n)
{
	bool is_entity = entity < doc->n_entities;

	put_name(into, is_entity ? "name" : "text");
	quoth_buffer_put_byte(into, '"');
	for (unsigned i = 0; !is_entity && i < n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ' ');
		put_tokens(into, doc, parts[i]);
	}
	put_entity(into, doc, entity);
	quoth_buffer_put_string(into, "\",");
}

static void put_alternative(struct quoth_buffer *into, const struct quoth_document *doc,
			    const struct quoth_alternative *item, bool is_content)
{
	struct quoth_range parts[QUOTH_MAX_PARTS];
	unsigned n = find_parts(doc, item, is_content, parts);

	quoth_buffer_put_byte(into, '{');
	put_who_or_what(into, doc, item->entity, parts, n);
	put_spans(into, doc, parts, n);
	put_name(into, "chosen");
	quoth_buffer_put_string(into, item->is_chosen ? "true," : "false,");
	if (item->is_by_rules || item->is_by_model)
		put_readers(into, item->is_by_rules, item->is_by_model);
	if (item->chance >= 0) {
		put_name(into, "chance");
		quoth_buffer_put_thousandths(into, quoth_thousandths(item->chance));
		quoth_buffer_put_byte(into, ',');
	}
	if (item->behind >= 0) {
		put_name(into, "behind");
		put_hundredths(into, item->behind);
		quoth_buffer_put_byte(into, ',');
	}
	if (!isnan(item->weight)) {
		put_name(into, "weight");
		put_hundredths(into, item->weight);
		quoth_buffer_put_byte(into, ',');
	}
	put_reasons(into, doc, item->reasons, item->n_reasons);
	quoth_buffer_put_byte(into, '}');
}

/* Up to the list of candidates, which the caller fills and ends. */
static void begin_choice(struct quoth_buffer *into, const struct quoth_document *doc, const char *name,
			 const struct quoth_reason *because)
{
	put_name(into, name);
	quoth_buffer_put_byte(into, '{');
	if (because->words) {
		put_name(into, "because");
		put_words(into, doc, because);
		quoth_buffer_put_byte(into, ',');
	}
	put_name(into, "candidates");
	quoth_buffer_put_byte(into, '[');
}

static void put_choice(struct quoth_buffer *into, const struct quoth_document *doc, const char *name,
		       const struct quoth_choice *choice, bool is_content)
{
	begin_choice(into, doc, name, &choice->because);
	for (unsigned i = 0; i < choice->n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ',');
		put_alternative(into, doc, &choice->alternatives[i], is_content);
	}
	quoth_buffer_put_string(into, "]},");
}

/* ---- the speaker's id ---- */

static void put_field(struct quoth_buffer *into, const char *name, const char *text)
{
	put_name(into, name);
	quoth_buffer_put_byte(into, '"');
	put_cut(into, text, strlen(text));
	quoth_buffer_put_string(into, "\",");
}

static void put_entry(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_entry_alternative *item)
{
	quoth_buffer_put_byte(into, '{');
	put_field(into, "id", item->id);
	put_field(into, "name", item->name);
	put_field(into, "description", item->description);
	put_name(into, "chosen");
	quoth_buffer_put_string(into, item->is_chosen ? "true," : "false,");
	put_name(into, "weight");
	put_hundredths(into, item->points);
	quoth_buffer_put_byte(into, ',');
	put_reasons(into, doc, item->reasons, item->n_reasons);
	quoth_buffer_put_byte(into, '}');
}

static void put_entries(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_entry_choice *choice)
{
	begin_choice(into, doc, "speaker_id", &choice->because);
	for (unsigned i = 0; i < choice->n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ',');
		put_entry(into, doc, &choice->alternatives[i]);
	}
	quoth_buffer_put_string(into, "]},");
}

/* ---- the object ---- */

static void put_rule(struct quoth_buffer *into, unsigned rule)
{
	put_name(into, "rule");
	quoth_buffer_put_byte(into, '{');
	put_name(into, "name");
	quoth_buffer_put_byte(into, '"');
	quoth_buffer_put_string(into, rule < QUOTH_N_RULES ? quoth_rule_names[rule] : "?");
	quoth_buffer_put_string(into, "\",");
	put_name(into, "words");
	quoth_buffer_put_byte(into, '"');
	quoth_buffer_put_string(into, quoth_rule_words(rule));
	quoth_buffer_put_string(into, "\"},");
}

static void put_confidence(struct quoth_buffer *into, const struct quoth_document *doc,
			   const struct quoth_explanation *explanation, const struct quoth_attribution *attribution)
{
	put_name(into, "confidence");
	quoth_buffer_put_byte(into, '{');
	put_name(into, "chance");
	quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->confidence));
	quoth_buffer_put_byte(into, ',');
	put_name(into, "doubt");
	quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->doubt));
	quoth_buffer_put_byte(into, ',');
	put_readers(into, explanation->is_by_rules, explanation->is_by_model);
	put_name(into, explanation->is_judged ? "belief" : "share");
	put_hundredths(into, explanation->belief);
	quoth_buffer_put_byte(into, ',');
	put_reasons(into, doc, explanation->reasons, explanation->n_reasons);
	quoth_buffer_put_byte(into, '}');
}

void quoth_explain_put(struct quoth_buffer *into, const struct quoth_document *doc, uint32_t attribution)
{
	const struct quoth_explanation *explanation = &doc->explanations[attribution];

	quoth_buffer_put_byte(into, '{');
	put_rule(into, doc->attributions[attribution].rule);
	put_choice(into, doc, "cue", &explanation->cue, false);
	put_choice(into, doc, "content", &explanation->content, true);
	put_choice(into, doc, "source", &explanation->source, false);
	put_choice(into, doc, "speaker", &explanation->speaker, false);
	if (explanation->entry)
		put_entries(into, doc, explanation->entry);
	put_confidence(into, doc, explanation, &doc->attributions[attribution]);
	quoth_buffer_put_byte(into, '}');
}
