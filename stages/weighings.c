#include "stages/weighings.h"

#include "stages/embedded.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const quoth_antecedent_feature_names[] = {
#define X(name, text) text,
	QUOTH_ANTECEDENT_FEATURES(X)
#undef X
	"nobody",
};

const char *const quoth_weighing_names[] = {"speaker", "person", "thing", "several"};

/* A list of numbers: a row for each name, in their order, a column for each of the columns. */
struct table {
	const char *file;
	const char *const *names, *const *columns;
	unsigned n_names, n_columns;
	int16_t *cells;		/* a row's cells stand together */
};

/* Takes a word and the tab or line end behind it; whether it is this one. */
static bool take(const char **line, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*line, word, length) != 0 || !strchr("\t\n", (*line)[length]))
		return false;
	*line += length;
	*line += **line == '\t';
	return true;
}

static bool take_number(const char **line, int16_t *number)
{
	char *end;
	long value = strtol(*line, &end, 10);

	if (end == *line || !strchr("\t\n", *end) || value < INT16_MIN || value > INT16_MAX)
		return false;
	*line = end + (*end == '\t');
	*number = (int16_t)value;
	return true;
}

static bool read_header(const struct table *table, const char *line)
{
	bool is_right = take(&line, "feature");

	for (unsigned c = 0; is_right && c < table->n_columns; c++)
		is_right = take(&line, table->columns[c]);
	return is_right && *line == '\n';
}

static bool read_row(const struct table *table, unsigned row, const char *line)
{
	bool is_right = row < table->n_names && take(&line, table->names[row]);

	for (unsigned c = 0; is_right && c < table->n_columns; c++)
		is_right = take_number(&line, &table->cells[row * table->n_columns + c]);
	return is_right && *line == '\n';
}

static int read_table(const struct table *table, const char *bytes, struct quoth_report *report)
{
	unsigned line_number = 0, n_rows = 0;
	bool has_header = false;
	char where[64];

	for (const char *line = bytes, *end; *line; line = end + 1) {
		bool is_right;

		end = strchr(line, '\n');
		line_number++;
		if (end && *line == '#')
			continue;
		is_right = end && (has_header ? read_row(table, n_rows++, line) : read_header(table, line));
		has_header = true;
		if (is_right)
			continue;
		snprintf(where, sizeof where, "%s:%u", table->file, line_number);
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "not the row that belongs here");
	}
	return n_rows == table->n_names ? 0 : quoth_report_set(report, QUOTH_BAD_MODEL, table->file, "lacks rows");
}

int quoth_weighings_read(struct quoth_weighings *weighings, const char *antecedents, struct quoth_report *report)
{
	return read_table(&(struct table){"lexicon/antecedents.tsv", quoth_antecedent_feature_names, quoth_weighing_names,
					  QUOTH_N_ANTECEDENT_FEATURES + 1, QUOTH_N_WEIGHINGS, weighings->antecedent[0]},
			  antecedents, report);
}

int quoth_weighings_open(struct quoth_weighings **opened, struct quoth_report *report)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("lexicon/antecedents.tsv");
	struct quoth_weighings *weighings = malloc(sizeof *weighings);
	int error;

	*opened = NULL;
	if (!weighings)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "weighings", "out of memory");
	error = file ? quoth_weighings_read(weighings, (const char *)file->bytes, report) :
		       quoth_report_set(report, QUOTH_BAD_MODEL, "lexicon/antecedents.tsv", "not in the program");
	if (error) {
		free(weighings);
		return error;
	}
	*opened = weighings;
	return 0;
}

void quoth_weighings_close(struct quoth_weighings *weighings)
{
	free(weighings);
}
