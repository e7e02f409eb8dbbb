#include "stages/misread.h"

#include "stages/entities.h"

#include <utf8proc.h>

enum { MAX_ROUNDS = 3 };

/* An accent that stands alone, where it has been decomposed into a space and a combining mark; 0 if none. */
static uint32_t read_lone_accent(const unsigned char *p, const unsigned char *end)
{
	if (end - p < 3 || *p != ' ' || p[1] != 0xCC)
		return 0;
	switch (p[2]) {
	case 0x81: return 0xB4;
	case 0x84: return 0xAF;
	case 0x88: return 0xA8;
	case 0xA7: return 0xB8;
	default: return 0;
	}
}

/* The character at p, composed where it is one of those that make a misread one; its length, 0 where the bytes are no UTF-8. */
static size_t read_character(const unsigned char *p, const unsigned char *end, uint32_t *c)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t length = utf8proc_iterate(p, end - p, &point);
	uint32_t accent = read_lone_accent(p, end);

	if (length <= 0)
		return 0;
	*c = (uint32_t)point;
	if ((*p == 'A' || *p == 'a') && end - p > 2 && p[1] == 0xCC && (p[2] == 0x82 || (p[2] == 0x83 && *p == 'A'))) {
		*c = *p == 'a' ? 0xE2 : p[2] == 0x82 ? 0xC2 : 0xC3;
		return 3;
	}
	if (accent) {
		*c = accent;
		return 3;
	}
	return (size_t)length;
}

/* The byte from 0x80 to 0xBF that was read as c, 0 if none. */
static unsigned byte_of(uint32_t c)
{
	if (c >= 0x80 && c < 0xC0)
		return c;
	for (unsigned byte = 0x80; byte < 0xA0; byte++)
		if (quoth_windows_1252(byte) == c)
			return byte;
	return 0;
}

static bool is_quotation_mark(uint32_t c)
{
	return c >= 0x2018 && c <= 0x201D;
}

static size_t decode(const unsigned char *p, const unsigned char *end, unsigned n_rounds, uint32_t *c);

/* The character that stands for `lead` and what follows it at p; how long that is, 0 if none does. */
static size_t join(uint32_t lead, const unsigned char *p, const unsigned char *end, unsigned n_rounds, uint32_t *joined)
{
	uint32_t c;
	size_t length = decode(p, end, n_rounds, &c), more;
	unsigned second = length ? byte_of(c) : 0, third;

	if (!second)
		return 0;
	if (lead != 0xE2) {
		*joined = (lead & 0x1F) << 6 | (second & 0x3F);
		return is_quotation_mark(c) ? 0 : length;
	}
	more = decode(p + length, end, n_rounds, &c);
	third = more ? byte_of(c) : 0;
	*joined = 0x2000u | (second & 0x3F) << 6 | (third & 0x3F);
	return third && (*joined < 0x2040 || *joined == 0x20AC || *joined == 0x2122) ? length + more : 0;
}

/* The character at p after at most n_rounds of undoing. */
static size_t decode(const unsigned char *p, const unsigned char *end, unsigned n_rounds, uint32_t *c)
{
	size_t length = p < end ? read_character(p, end, c) : 0;

	for (unsigned round = 0; length && round < n_rounds && quoth_misread_begins(*c); round++) {
		uint32_t joined;
		size_t more = join(*c, p + length, end, n_rounds - 1, &joined);

		if (!more)
			break;
		*c = joined;
		length += more;
	}
	return length;
}

size_t quoth_misread_decode(const unsigned char *p, const unsigned char *end, uint32_t *c)
{
	uint32_t plain;
	size_t length = read_character(p, end, &plain), whole;

	if (!length || !quoth_misread_begins(plain))
		return 0;
	whole = decode(p, end, MAX_ROUNDS, c);
	return whole > length ? whole : 0;
}
