#include "stages/embedded.h"

#include <string.h>

/* The assembler copies the files (.incbin): a C array of a model of many megabytes would take the compiler minutes.
 * CORPUS_DIR comes from the build, as an absolute path. */
#define EMBEDDED_FILES(X) \
	X(database_indexes, "database/indexes.sql") \
	X(database_tables, "database/tables.sql") \
	X(html_phrases, "html/phrases.tsv") \
	X(html_words, "html/words.tsv") \
	X(abbreviations, "lexicon/abbreviations.tsv") \
	X(antecedents, "lexicon/antecedents.tsv") \
	X(bodies, "lexicon/bodies.tsv") \
	X(calendar, "lexicon/calendar.tsv") \
	X(countries, "lexicon/countries.tsv") \
	X(corporate, "lexicon/corporate.tsv") \
	X(cues, "lexicon/cues.tsv") \
	X(documents, "lexicon/documents.tsv") \
	X(epithets, "lexicon/epithets.tsv") \
	X(forenames, "lexicon/forenames.tsv") \
	X(groups, "lexicon/groups.tsv") \
	X(kinds, "lexicon/kinds.tsv") \
	X(nationalities, "lexicon/nationalities.tsv") \
	X(occupations, "lexicon/occupations.tsv") \
	X(organizations, "lexicon/organizations.tsv") \
	X(phrases, "lexicon/phrases.tsv") \
	X(postmodifiers, "lexicon/postmodifiers.tsv") \
	X(political, "lexicon/political.tsv") \
	X(prepositions, "lexicon/prepositions.tsv") \
	X(places, "lexicon/places.tsv") \
	X(pronouns, "lexicon/pronouns.tsv") \
	X(relations, "lexicon/relations.tsv") \
	X(roles, "lexicon/roles.tsv") \
	X(rules, "lexicon/rules.tsv") \
	X(sets, "lexicon/sets.tsv") \
	X(shares, "lexicon/shares.tsv") \
	X(speakers, "lexicon/speakers.tsv") \
	X(stances, "lexicon/stances.tsv") \
	X(surnames, "lexicon/surnames.tsv") \
	X(synonyms, "lexicon/synonyms.tsv") \
	X(times, "lexicon/times.tsv") \
	X(titles, "lexicon/titles.tsv") \
	X(traits, "lexicon/traits.tsv") \
	X(verbs, "lexicon/verbs.tsv") \
	X(wordings, "lexicon/wordings.tsv") \
	X(words, "lexicon/words.tsv") \
	X(model, "models/quoth.model") \
	X(report_article, "report/article.js") \
	X(report_chart, "report/chart.js") \
	X(report_elements, "report/elements.js") \
	X(report_filter, "report/filter.js") \
	X(report_group, "report/group.js") \
	X(report_list, "report/list.js") \
	X(report_page, "report/page.html") \
	X(report_picks, "report/picks.js") \
	X(report_script, "report/page.js") \
	X(report_store, "report/store.js") \
	X(report_style, "report/page.css") \
	X(wikidata_classes, "wikidata/classes.tsv")

#define X(symbol, name) \
	__asm__(".pushsection .rodata\n" \
		".balign 64\n" \
		"quoth_embedded_" #symbol ":\n" \
		".incbin \"" CORPUS_DIR "/" name "\"\n" \
		"quoth_embedded_" #symbol "_end:\n" \
		".byte 0\n" \
		".popsection\n"); \
	extern const unsigned char quoth_embedded_##symbol[] __attribute__((visibility("hidden"))), \
		quoth_embedded_##symbol##_end[] __attribute__((visibility("hidden")));
EMBEDDED_FILES(X)
#undef X

const struct quoth_embedded_file quoth_embedded_files[] = {
#define X(symbol, name) {name, quoth_embedded_##symbol, quoth_embedded_##symbol##_end},
	EMBEDDED_FILES(X)
#undef X
	{NULL, NULL, NULL},
};

const struct quoth_embedded_file *quoth_embedded_find(const char *name)
{
	for (const struct quoth_embedded_file *file = quoth_embedded_files; file->name; file++)
		if (strcmp(file->name, name) == 0)
			return file;
	return NULL;
}
