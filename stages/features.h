/* features: a list of hashed features under construction. */
#ifndef QUOTH_FEATURES_H
#define QUOTH_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Feature after feature is written to `next`; beyond `end` they are dropped. A list of templates gets the number of each
 * feature's template in place of the feature: who explains a score calls the same code twice. */
struct quoth_features {
	uint32_t *first, *next, *end;
	bool is_of_templates;
};

/* For functions that write features: all that they call becomes part of them, once for either kind of list, so that writing
 * features costs nothing for the other kind. */
#define QUOTH_WRITES_FEATURES __attribute__((flatten))

static inline struct quoth_features quoth_features_begin(uint32_t *room, size_t n, bool is_of_templates)
{
	return (struct quoth_features){room, room, room + n, is_of_templates};
}

static inline size_t quoth_features_count(const struct quoth_features *features)
{
	return (size_t)(features->next - features->first);
}

/* Each value times an odd constant of its own, then one mixing: the multiplications do not wait for each other. */
static inline uint32_t quoth_mix(uint32_t sum)
{
	sum ^= sum >> 15;
	return sum * 0x2C1B3C6Du ^ sum * 0x297A2D39u >> 12;
}

static inline void quoth_add_hash(struct quoth_features *f, uint32_t kind, uint32_t hash)
{
	if (f->next < f->end)
		*f->next++ = f->is_of_templates ? kind : hash;
}

/* A feature of template `kind` and one to four values. */
static inline void quoth_add1(struct quoth_features *f, uint32_t kind, uint32_t a)
{
	quoth_add_hash(f, kind, quoth_mix(kind * 0x9E3779B1u + a * 0x85EBCA77u));
}

static inline uint32_t quoth_hash2(uint32_t kind, uint32_t a, uint32_t b)
{
	return quoth_mix(kind * 0x9E3779B1u + a * 0x85EBCA77u + b * 0xC2B2AE3Du);
}

static inline void quoth_add2(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b)
{
	quoth_add_hash(f, kind, quoth_hash2(kind, a, b));
}

static inline void quoth_add3(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b, uint32_t c)
{
	quoth_add_hash(f, kind, quoth_mix(kind * 0x9E3779B1u + a * 0x85EBCA77u + b * 0xC2B2AE3Du + c * 0x27D4EB2Fu));
}

static inline void quoth_add4(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	quoth_add_hash(f, kind, quoth_mix(kind * 0x9E3779B1u + a * 0x85EBCA77u + b * 0xC2B2AE3Du + c * 0x27D4EB2Fu +
					  d * 0x165667B1u));
}

#endif
