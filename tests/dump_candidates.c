/* dump-candidates: what the rules weigh, for the script that measures them (tests/fit_rules.py).
 *
 * usage: dump-candidates [--rows] FILE...
 * A TSV row for each candidate of each cue at the document's own level; with --rows for each attribution that was chosen.
 * Columns: doc, rule, pattern, lemma (hash), class, score, quote_spans, source_spans, cue_spans, traits (bits).
 */
#include "pipeline/chain.h"
#include "stages/attribute.h"
#include "stages/attribute_candidates.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_range(const struct quoth_document *doc, struct quoth_range tokens, const char *before)
{
	struct quoth_span span;

	if (quoth_range_is_empty(tokens))
		return;
	span = quoth_tokens_span(doc, tokens);
	printf("%s%" PRIu32 "-%" PRIu32, before, span.begin, span.end);
}

static struct quoth_range tokens_of(const struct quoth_view *view, struct quoth_range units)
{
	return quoth_range_is_empty(units) ? (struct quoth_range){0, 0} : quoth_units_tokens(view, units);
}

static void print_candidate(const struct quoth_view *view, const struct quoth_candidate *candidate)
{
	printf("%s\t%s\t%s\t%08" PRIx32 "\t%u\t%g\t", view->doc->id, quoth_rule_names[candidate->rule],
	       quoth_pattern_name(candidate->pattern), candidate->cue.lemma, candidate->cue.cue_class, candidate->score);
	for (unsigned i = 0; i < candidate->n_content; i++)
		print_range(view->doc, tokens_of(view, candidate->content[i]), i ? "," : "");
	printf("\t");
	print_range(view->doc, tokens_of(view, candidate->source.units), "");
	printf("\t");
	print_range(view->doc, tokens_of(view, candidate->cue.words), "");
	printf("\t%016" PRIx64 "\n", candidate->traits);
}

static int dump_candidates(struct quoth_document *doc, const struct quoth_resources *resources)
{
	struct quoth_candidate candidates[QUOTH_MAX_CANDIDATES];
	struct quoth_view view;
	struct quoth_cue cue;
	int error = quoth_view_build(&view, doc, resources);

	for (uint32_t i = 0; !error && i < view.n_outer_clauses; i++) {
		const struct quoth_clause *clause = &view.clauses[i];

		for (uint32_t at = clause->units.begin; at < clause->units.end; at++) {
			unsigned n;

			if (!quoth_cue_read(&view, clause, at, clause->units.begin, &cue))
				continue;
			n = quoth_candidates_make(&view, clause, i, &cue, clause->units.begin, candidates);
			for (unsigned j = 0; j < n; j++)
				print_candidate(&view, &candidates[j]);
			at = cue.words.end - 1;
		}
	}
	return error;
}

static void dump_rows(const struct quoth_document *doc)
{
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		const struct quoth_attribution *row = &doc->attributions[i];

		printf("%s\t%s\t\t\t\t%g\t", doc->id, quoth_rule_names[row->rule], row->score);
		for (unsigned j = 0; j < row->n_parts; j++)
			print_range(doc, row->parts[j], j ? "," : "");
		printf("\t");
		print_range(doc, row->source, "");
		printf("\t");
		print_range(doc, row->cue, "");
		printf("\n");
	}
}

static char *read_file(const char *path, uint32_t *size)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	long length;

	if (file && !fseek(file, 0, SEEK_END) && (length = ftell(file)) >= 0 && length < QUOTH_MAX_DOCUMENT_BYTES) {
		rewind(file);
		bytes = malloc((size_t)length + 1);
		if (bytes)
			*size = (uint32_t)fread(bytes, 1, (size_t)length, file);
	}
	if (file)
		fclose(file);
	return bytes;
}

int main(int argc, char **argv)
{
	struct quoth_arena *arena = quoth_arena_new(1 << 24);
	struct quoth_resources resources;
	struct quoth_report report;
	struct quoth_document doc;
	bool rows = argc > 1 && strcmp(argv[1], "--rows") == 0;

	if (!arena || quoth_resources_open(&resources, NULL, &report)) {
		fprintf(stderr, "dump-candidates: %s: %s\n", arena ? report.where : "arena", arena ? report.what : "no memory");
		return EXIT_FAILURE;
	}
	for (int i = 1 + rows; i < argc; i++) {
		uint32_t size = 0;
		char *bytes = read_file(argv[i], &size);
		int error;

		if (!bytes) {
			fprintf(stderr, "dump-candidates: %s: cannot be read\n", argv[i]);
			return EXIT_FAILURE;
		}
		quoth_document_begin(&doc, arena, argv[i], bytes, size);
		error = quoth_chain_run(&doc, &resources, QUOTH_STAGE_QUOTATIONS, NULL);
		if (!error && rows)
			error = quoth_attribute_by_rules(&doc, &resources);
		if (!error && rows)
			dump_rows(&doc);
		else if (!error)
			error = dump_candidates(&doc, &resources);
		if (error)
			fprintf(stderr, "dump-candidates: %s: %s\n", argv[i], quoth_error_words(error));
		free(bytes);
		quoth_arena_reset(arena);
	}
	quoth_resources_close(&resources);
	quoth_arena_free(arena);
	return EXIT_SUCCESS;
}
