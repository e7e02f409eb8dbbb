#include "config.h"

#include "pipeline/packing.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *bytes;
	size_t at, length;
	enum quoth_packing packing;
} magics[] = {
	{"\x1F\x8B", 0, 2, QUOTH_GZIP},
	{"\x28\xB5\x2F\xFD", 0, 4, QUOTH_COMPRESSED},
	{"\xFD" "7zXZ\0", 0, 6, QUOTH_COMPRESSED},
	{"PK\3\4", 0, 4, QUOTH_ARCHIVE},
	{"PK\5\6", 0, 4, QUOTH_ARCHIVE},
	{"ustar", 257, 5, QUOTH_ARCHIVE},
};

/* "BZh", the size of its blocks, and the digits of pi or, of an empty file, of its root. */
static bool is_bzip2(const char *head, size_t size)
{
	return size >= 10 && !memcmp(head, "BZh", 3) && head[3] >= '1' && head[3] <= '9' &&
	       (!memcmp(head + 4, "1AY&SY", 6) || !memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6));
}

enum quoth_packing quoth_packing_of_bytes(const char *head, size_t size)
{
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (size >= magics[i].at + magics[i].length &&
		    !memcmp(head + magics[i].at, magics[i].bytes, magics[i].length))
			return magics[i].packing;
	return is_bzip2(head, size) ? QUOTH_COMPRESSED : QUOTH_NOT_PACKED;
}

/* The length of the first of some endings, NULL-ended, that a longer name has; 0 if none. */
static size_t find_ending(const char *name, size_t length, const char *const *endings)
{
	for (; *endings; endings++) {
		size_t n = strlen(*endings);

		if (length > n && !strncasecmp(name + length - n, *endings, n))
			return n;
	}
	return 0;
}

size_t quoth_packing_ending(const char *name)
{
	static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2", NULL};

	return find_ending(name, strlen(name), endings);
}

bool quoth_packing_is_archive_name(const char *name)
{
	static const char *const endings[] = {".tar", ".zip", ".tgz", ".txz", ".tzst", ".tbz2", NULL};

	return find_ending(name, strlen(name) - quoth_packing_ending(name), endings) > 0;
}
