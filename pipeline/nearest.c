/* nearest: the name that a mistyped word was meant to be. */
#include "pipeline/options.h"

enum { MAX_LENGTH = 32 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return least < c ? least : c;
}

/* Edits between two words: insert, delete, change a letter, or swap two neighbours (Damerau 1964, optimal string
 * alignment). */
static unsigned count_edits(const char *a, const char *b)
{
	unsigned rows[3][MAX_LENGTH + 1], *before = rows[0], *last = rows[1], *row = rows[2];
	size_t n = strlen(a), m = strlen(b);

	if (n > MAX_LENGTH || m > MAX_LENGTH)
		return MAX_LENGTH;
	for (size_t j = 0; j <= m; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned *oldest = before;

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + (lower(a[i - 1]) != lower(b[j - 1])));
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]) &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = last;
		last = row;
		row = oldest;
	}
	return last[m];
}

const char *quoth_nearest_name(const char *word, const char *const *names)
{
	size_t length = strlen(word);
	unsigned least = 1 + (unsigned)length / 3;
	const char *nearest = NULL;

	for (; *names; names++) {
		unsigned edits = count_edits(word, *names);

		if (length > 1 && !strncmp(*names, word, length))
			edits = 1;
		if (edits <= least && (!nearest || edits < least)) {
			least = edits;
			nearest = *names;
		}
	}
	return nearest;
}
