#include "pipeline/train_measure.h"

#include "stages/parse_model.h"
#include "stages/tag_model.h"

#include <stdio.h>
#include <stdlib.h>

struct measures {
	uint64_t n_tokens, tags_right, upos_right;
	uint64_t names_gold, names_found, names_right;
	uint64_t n_arcs, heads_right, relations_right;
	uint64_t n_word_arcs, word_heads_right, word_relations_right;	/* without punctuation */
	double tag_seconds, parse_seconds;
};

static const char *const source_names[] = {"silver", "treebank", "names"};

static void measure_tags(const struct quoth_annotated *a, struct measures *m)
{
	for (uint32_t i = 0; i < a->doc.n_tokens; i++) {
		const struct quoth_token *token = a->doc.tokens + i;

		if (a->labels[i] != QUOTH_NO_ANNOTATION) {
			m->n_tokens++;
			m->tags_right += token->tag == quoth_tag_pairs[a->labels[i]].tag;
			m->upos_right += token->upos == quoth_tag_pairs[a->labels[i]].upos;
		}
		if (a->names[i] != QUOTH_NO_ANNOTATION) {
			m->names_gold += a->names[i] != QUOTH_NOT_A_NAME;
			m->names_found += token->name != QUOTH_NOT_A_NAME;
			m->names_right += token->name != QUOTH_NOT_A_NAME && token->name == a->names[i];
		}
	}
}

/* All words count, as in the CoNLL 2018 shared task, and again without punctuation. */
static void measure_parse(const struct quoth_annotated *a, struct measures *m)
{
	for (uint32_t i = 0; i < a->doc.n_tokens; i++) {
		const struct quoth_token *token = a->doc.tokens + i;

		bool is_word = a->relations[i] != QUOTH_REL_PUNCT, is_right = token->head == a->heads[i];

		if (a->relations[i] == QUOTH_NO_ANNOTATION)
			continue;
		m->n_arcs++;
		m->n_word_arcs += is_word;
		m->heads_right += is_right;
		m->word_heads_right += is_right && is_word;
		m->relations_right += is_right && token->relation == a->relations[i];
		m->word_relations_right += is_right && is_word && token->relation == a->relations[i];
	}
}

static void parse_document(const struct quoth_parse_model *parser, struct quoth_document *doc)
{
	static struct quoth_parse_room room;

	for (uint32_t s = 0; s < doc->n_sentences; s++)
		quoth_parse_sentence(parser, doc, s, &room);
}

static void print_measures(const char *source, const struct measures *m)
{
	if (m->n_tokens == 0)
		return;
	fprintf(stderr, "%s: %llu tokens, tags %.2f, upos %.2f", source, (unsigned long long)m->n_tokens,
		100.0 * (double)m->tags_right / (double)m->n_tokens, 100.0 * (double)m->upos_right / (double)m->n_tokens);
	if (m->names_gold)
		fprintf(stderr, ", name tokens F1 %.2f", 200.0 * (double)m->names_right / (double)(m->names_gold + m->names_found));
	fprintf(stderr, "; tagging %.2f M tokens/s\n", (double)m->n_tokens / m->tag_seconds * 1e-6);
	if (m->n_arcs)
		fprintf(stderr, "%s: UAS %.2f, LAS %.2f (without punctuation %.2f, %.2f); parsing %.2f M tokens/s\n", source,
			100.0 * (double)m->heads_right / (double)m->n_arcs,
			100.0 * (double)m->relations_right / (double)m->n_arcs,
			100.0 * (double)m->word_heads_right / (double)m->n_word_arcs,
			100.0 * (double)m->word_relations_right / (double)m->n_word_arcs,
			(double)m->n_tokens / m->parse_seconds * 1e-6);
}

int quoth_trainer_measure(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct measures measures[QUOTH_N_SOURCES] = {0};
	struct quoth_parse_model parser;
	struct quoth_tag_model tagger;
	struct quoth_model *model;
	bool parses;
	int error = quoth_model_from_tables(&model, trainer->tables, trainer->n_tables, report);

	if (error)
		return error;
	if (!quoth_tag_model_find(model, &tagger)) {
		quoth_model_close(model);
		return 0;
	}
	parses = quoth_parse_model_find(model, &parser);
	for (uint32_t d = 0; d < trainer->dev.n_docs; d++) {
		struct quoth_annotated *a = trainer->dev.docs + d;
		struct measures *m = measures + a->source;
		double start = quoth_trainer_work_clock();

		quoth_tag_document(&tagger, &a->doc, quoth_corpus_domain(a->source));
		m->tag_seconds += quoth_trainer_work_clock() - start;
		measure_tags(a, m);
		if (!parses)
			continue;
		start = quoth_trainer_work_clock();
		parse_document(&parser, &a->doc);
		m->parse_seconds += quoth_trainer_work_clock() - start;
		measure_parse(a, m);
	}
	for (unsigned source = 0; source < QUOTH_N_SOURCES; source++)
		print_measures(source_names[source], measures + source);
	quoth_model_close(model);
	return 0;
}
