#include "tests/stages/text_fixture.h"

struct quoth_document doc;

static struct quoth_arena *arena;
static struct quoth_lexicon *lexicon;

void open_text(void)
{
	struct quoth_report report;

	arena = quoth_arena_new(1 << 20);
	ck_assert_ptr_nonnull(arena);
	ck_assert_int_eq(quoth_lexicon_open(&lexicon, &report), 0);
}

void close_text(void)
{
	quoth_lexicon_close(lexicon);
	quoth_arena_free(arena);
}

int try_text(text_stage *until, const char *bytes, size_t size)
{
	static text_stage *const stages[] = {quoth_normalise, quoth_segment, quoth_quotations};
	const struct quoth_resources resources = {.lexicon = lexicon};

	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", bytes, (uint32_t)size);
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
		int error = stages[i](&doc, &resources);

		if (error || stages[i] == until)
			return error;
	}
	return 0;
}

void run_text(text_stage *until, const char *bytes, size_t size)
{
	assert_each(try_text(until, bytes, size) == 0);
}

static bool is_bare(text_stage *until)
{
	if (until == quoth_normalise)
		return doc.text_size == 0 && doc.n_offsets == 0;
	if (until == quoth_segment)
		return doc.n_tokens == 0 && doc.n_sentences == 0 && doc.n_paragraphs == 0;
	return doc.n_quotations == 0;
}

void run_text_without_memory(text_stage *until, const char *bytes, size_t size, size_t step)
{
	int error = QUOTH_NO_MEMORY;

	for (size_t limit = step; error; limit += step) {
		quoth_arena_limit(arena, limit);
		error = try_text(until, bytes, size);
		ck_assert(error == 0 || error == QUOTH_NO_MEMORY);
		ck_assert(error == 0 || is_bare(until));
		ck_assert_uint_lt(limit, 4 << 20);
	}
	quoth_arena_limit(arena, 0);
}

struct repeated {
	text_stage *until;
	const char *piece;
};

static clock_t time_copies(const void *shape, size_t n)
{
	const struct repeated *repeated = shape;
	size_t size;
	char *bytes = copy_pieces(repeated->piece, n, &size);
	clock_t begin = clock(), end;

	run_text(repeated->until, bytes, size);
	end = clock();
	free(bytes);
	return end - begin;
}

void assert_linear(text_stage *until, const char *const *pieces, size_t n_pieces)
{
	for (size_t i = 0; i < n_pieces; i++)
		assert_linear_time(pieces[i], time_copies, &(struct repeated){until, pieces[i]}, 100000);
}

uint32_t next_random(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % below;
}
