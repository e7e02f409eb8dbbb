#include "pipeline/web_address.h"

#include <strings.h>

/* Reserved and unreserved characters. */
static const bool stays_in_address[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true,
	['-'] = true, ['.'] = true, ['_'] = true, ['~'] = true,
	[':'] = true, ['/'] = true, ['?'] = true, ['#'] = true, ['['] = true, [']'] = true, ['@'] = true,
	['!'] = true, ['$'] = true, ['&'] = true, ['\''] = true, ['('] = true, [')'] = true, ['*'] = true,
	['+'] = true, [','] = true, [';'] = true, ['='] = true,
};

static const bool stays_in_part[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['.'] = true, ['_'] = true, ['~'] = true,
};

bool quoth_is_web_address(const char *address)
{
	if (!address || strncasecmp(address, "http", 4))
		return false;
	address += 4;
	if (*address == 's' || *address == 'S')
		address++;
	return !strncmp(address, "://", 3) && address[3];
}

static bool is_encoded(const char *bytes, size_t size)
{
	static const char hex[] = "0123456789ABCDEFabcdef";

	return size >= 3 && bytes[0] == '%' && memchr(hex, bytes[1], sizeof hex - 1) && memchr(hex, bytes[2], sizeof hex - 1);
}

static void put_encoded(struct quoth_buffer *into, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";
	char escape[3] = {'%', hex[c >> 4], hex[c & 15]};

	quoth_buffer_put(into, escape, sizeof escape);
}

/* How many bytes may stay as they are. */
static size_t plain_length(const char *bytes, size_t size, const bool *stays)
{
	size_t n = 0;

	while (n < size && stays[(unsigned char)bytes[n]])
		n++;
	return n;
}

/* Encodes what may not stay. What is encoded already stays so where `keeps_encoded`. */
static void put_encoding(struct quoth_buffer *into, const char *bytes, size_t size, const bool *stays, bool keeps_encoded)
{
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = plain_length(bytes + i, size - i, stays);
		if (!n && keeps_encoded && is_encoded(bytes + i, size - i))
			n = 3;
		if (n)
			quoth_buffer_put(into, bytes + i, n);
		else
			put_encoded(into, (unsigned char)bytes[i++]);
	}
}

void quoth_address_put(struct quoth_buffer *into, const char *address, size_t size)
{
	put_encoding(into, address, size, stays_in_address, true);
}

void quoth_percent_put(struct quoth_buffer *into, const char *bytes, size_t size)
{
	put_encoding(into, bytes, size, stays_in_part, false);
}

void quoth_percent_put_folded(struct quoth_buffer *into, const char *bytes, size_t size)
{
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = plain_length(bytes + i, size - i, stays_in_part);
		if (n) {
			quoth_buffer_put(into, bytes + i, n);
			continue;
		}
		while ((n = quoth_space_length(bytes + i, size - i)) && quoth_space_length(bytes + i + n, size - i - n))
			i += n;
		put_encoded(into, n ? ' ' : (unsigned char)bytes[i]);
		n = n ? n : 1;
	}
}
