#include "config.h"

#include "pipeline/group_origin.h"

#include "stages/checksum.h"

#include <string.h>

static uint64_t hash_folded(const char *bytes, size_t size)
{
	uint64_t hash = QUOTH_HASH_START;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)bytes[i];

		c |= c >= 'A' && c <= 'Z' ? 0x20 : 0;
		hash = quoth_hash_add(hash, &c, 1);
	}
	return hash;
}

/* The host of a URL; empty where it is none. */
static struct quoth_group_field host_of(struct quoth_group_field url)
{
	const char *end = url.bytes + url.size, *at = url.bytes;
	struct quoth_group_field host = {NULL, 0};

	while (at + 2 < end && memcmp(at, "://", 3))
		at++;
	if (at + 3 >= end)
		return host;
	at += 3;
	if (end - at > 4 && !memcmp(at, "www.", 4))
		at += 4;
	host.bytes = at;
	while (at < end && !strchr("/:?#", *at))
		at++;
	host.size = (size_t)(at - host.bytes);
	return host;
}

uint64_t quoth_group_outlet(struct quoth_group_field outlet, struct quoth_group_field url, struct quoth_group_field doc)
{
	struct quoth_group_field host = host_of(url);
	size_t folder = doc.size;

	if (outlet.size)
		return hash_folded(outlet.bytes, outlet.size);
	if (!host.size)
		host = host_of(doc);
	if (host.size)
		return hash_folded(host.bytes, host.size);
	while (folder && doc.bytes[folder - 1] != '/')
		folder--;
	return quoth_hash_add(QUOTH_HASH_START, doc.bytes, folder);
}

/* ---- dates ---- */

/* Takes n digits; -1 where they are none. */
static int take_digits(struct quoth_group_field *text, unsigned n)
{
	int value = 0;

	if (text->size < n)
		return -1;
	for (unsigned i = 0; i < n; i++) {
		if (text->bytes[i] < '0' || text->bytes[i] > '9')
			return -1;
		value = value * 10 + (text->bytes[i] - '0');
	}
	text->bytes += n;
	text->size -= n;
	return value;
}

static bool take_byte(struct quoth_group_field *text, char byte)
{
	if (!text->size || *text->bytes != byte)
		return false;
	text->bytes++;
	text->size--;
	return true;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_of(int year, int month, int day)
{
	int64_t y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Seconds of "HH:MM", "HH:MM:SS", with a zone or without; what is no time counts as none. */
static int64_t seconds_of(struct quoth_group_field text)
{
	int hour = take_digits(&text, 2), minute = take_byte(&text, ':') ? take_digits(&text, 2) : -1, second = 0, sign = 0;
	int64_t seconds;

	if (hour < 0 || minute < 0)
		return 0;
	if (take_byte(&text, ':'))
		second = take_digits(&text, 2);
	seconds = hour * 3600 + minute * 60 + (second > 0 ? second : 0);
	if (take_byte(&text, '.'))
		while (take_digits(&text, 1) >= 0)
			;
	sign = take_byte(&text, '+') ? 1 : take_byte(&text, '-') ? -1 : 0;
	hour = sign ? take_digits(&text, 2) : -1;
	if (hour < 0)
		return seconds;
	take_byte(&text, ':');
	minute = take_digits(&text, 2);
	return seconds - sign * (hour * 3600 + (minute > 0 ? minute : 0) * 60);
}

bool quoth_group_date(struct quoth_group_field date, uint64_t *seconds)
{
	int year = take_digits(&date, 4), month = take_byte(&date, '-') ? take_digits(&date, 2) : -1;
	int day = take_byte(&date, '-') ? take_digits(&date, 2) : -1;
	int64_t from_1970;

	if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	from_1970 = days_of(year, month, day) * 86400;
	if (take_byte(&date, 'T') || take_byte(&date, 't') || take_byte(&date, ' '))
		from_1970 += seconds_of(date);
	*seconds = (uint64_t)(from_1970 + ((int64_t)1 << 40));
	return true;
}
