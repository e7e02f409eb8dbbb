/* group_origin: where and when a row was published. */
#ifndef QUOTH_GROUP_ORIGIN_H
#define QUOTH_GROUP_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A field of a row. */
struct quoth_group_field {
	const char *bytes;
	size_t size;
};

/* A hash of the outlet: by its name where there is one, else by the host of the URL ("www." left out), else, where doc is a URL, by its host,
 * else by the folder of doc. */
uint64_t quoth_group_outlet(struct quoth_group_field outlet, struct quoth_group_field url, struct quoth_group_field doc);

/* Seconds since 1970 (UTC) plus 2^40 of a date as ISO 8601 has it, YYYY-MM-DD, with a time and zone or without; false for anything else. */
bool quoth_group_date(struct quoth_group_field date, uint64_t *seconds);

#endif
