/* span: half-open ranges.
 *
 * Everything that quoth says about a text, it says in half-open ranges [begin, end). A byte span counts bytes of the
 * original input (struct quoth_span), a range counts entries of a layer, such as tokens (struct quoth_range).
 */
#ifndef QUOTH_SPAN_H
#define QUOTH_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes [begin, end) of the input. */
struct quoth_span {
	uint32_t begin, end;
};

/* Entries [begin, end) of a layer; which layer, the field that holds it says. Empty where begin == end. */
struct quoth_range {
	uint32_t begin, end;
};

/* "No such entry", for every index into a layer. */
#define QUOTH_NONE UINT32_MAX

static inline uint32_t quoth_range_length(struct quoth_range r)
{
	return r.end - r.begin;
}

static inline bool quoth_range_is_empty(struct quoth_range r)
{
	return r.begin >= r.end;
}

static inline bool quoth_range_holds(struct quoth_range r, uint32_t i)
{
	return r.begin <= i && i < r.end;
}

static inline bool quoth_range_within(struct quoth_range inner, struct quoth_range outer)
{
	return outer.begin <= inner.begin && inner.end <= outer.end;
}

static inline bool quoth_ranges_overlap(struct quoth_range a, struct quoth_range b)
{
	return a.begin < b.end && b.begin < a.end;
}

#endif
