/* group: rows of any bytes are read, or refused with words; and the words of their quotes keep their promises. */
#include "pipeline/group_reader.h"
#include "pipeline/group_shingles.h"
#include "pipeline/group_variant.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <unistd.h>

static struct quoth_wordings *wordings;
static struct quoth_aligner *aligner;
static struct quoth_group_words words[2];
static struct quoth_fingerprints fingerprints;
static struct quoth_alignment alignment;

static void check_words(const struct quoth_group_words *read, struct quoth_group_field quote)
{
	require(read->n <= QUOTH_MOST_GROUP_WORDS, "no more words than there may be");
	for (uint32_t i = 0; i < read->n; i++)
		require(read->words[i].begin <= read->words[i].end && read->words[i].end <= quote.size, "a word lies in the quote");
	quoth_fingerprints_take(read, &fingerprints);
	require(fingerprints.n <= read->n, "no more fingerprints than words");
}

/* Holds a row's quote against its other fields, as if they were quotes too. */
static void check_row(const struct quoth_group_row *row)
{
	struct quoth_group_field quote = row->fields[QUOTH_GROUP_QUOTE];
	struct quoth_group_quote quotes[2];
	struct quoth_buffer difference = {0};
	uint64_t seconds;

	quoth_group_outlet(row->fields[QUOTH_GROUP_OUTLET], row->fields[QUOTH_GROUP_URL], row->fields[QUOTH_GROUP_DOC]);
	quoth_group_date(row->fields[QUOTH_GROUP_DATE], &seconds);
	quoth_group_words_read(wordings, quote.bytes, quote.size, QUOTH_GROUP_MIXED, &words[0]);
	check_words(&words[0], quote);
	quotes[0] = (struct quoth_group_quote){quote.bytes, (uint32_t)quote.size, QUOTH_GROUP_DIRECT, 1, &words[0]};
	for (unsigned i = 0; i < QUOTH_N_GROUP_COLUMNS; i++) {
		struct quoth_group_field other = row->fields[i];

		quoth_group_words_read(wordings, other.bytes, other.size, QUOTH_GROUP_DIRECT, &words[1]);
		check_words(&words[1], other);
		quotes[1] = (struct quoth_group_quote){other.bytes, (uint32_t)other.size, QUOTH_GROUP_DIRECT, 1, &words[1]};
		quoth_align(aligner, &words[0], &words[1], &alignment);
		quoth_group_compare(&quotes[0], &quotes[1], &alignment);
		require(quoth_group_variant(&quotes[0], &quotes[1], &alignment) < QUOTH_N_VARIANTS, "there is such a variant");
		quoth_buffer_clear(&difference, SIZE_MAX);
		quoth_group_put_difference(&difference, &quotes[0], &quotes[1], &alignment);
	}
	quoth_buffer_free(&difference);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct quoth_stream stream = {.descriptor = -1};
	struct quoth_group_reader reader = {0};
	struct quoth_group_row row;
	struct quoth_report report = {{0}, {0}};
	char path[FUZZ_PATH_SIZE];
	int file = make_file(bytes, size, path), found;

	if (!wordings) {
		wordings = quoth_wordings_open();
		aligner = quoth_aligner_open();
	}
	found = quoth_stream_open(&stream, path, &report);
	require(!found, "the file opens");
	found = quoth_group_reader_open(&reader, &stream, QUOTH_GROUP_BY_BYTES, &report);
	for (unsigned i = 0; i < 50 && !found; i++) {
		int row_found = quoth_group_reader_next(&reader, &row, &report);

		if (!row_found)
			break;
		if (row_found > 0)
			check_row(&row);
		else
			require(*report.where && *report.what, "a failure has a place and words");
	}
	quoth_group_reader_free(&reader);
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
	close(file);
	return 0;
}
