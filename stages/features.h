/* features: a list of hashed features under construction. */
#ifndef QUOTH_FEATURES_H
#define QUOTH_FEATURES_H

#include "stages/model.h"

/* Feature after feature is written to `next`; beyond `end` they are dropped. */
struct quoth_features {
	uint32_t *first, *next, *end;
};

static inline struct quoth_features quoth_features_begin(uint32_t *room, size_t n)
{
	return (struct quoth_features){room, room, room + n};
}

static inline size_t quoth_features_count(const struct quoth_features *features)
{
	return (size_t)(features->next - features->first);
}

/* A feature of template `kind` and one to four values. */
static inline void quoth_add1(struct quoth_features *f, uint32_t kind, uint32_t a)
{
	if (f->next < f->end)
		*f->next++ = quoth_feature(kind, a);
}

static inline void quoth_add2(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b)
{
	if (f->next < f->end)
		*f->next++ = quoth_feature_join(quoth_feature(kind, a), b);
}

static inline void quoth_add3(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b, uint32_t c)
{
	if (f->next < f->end)
		*f->next++ = quoth_feature_join(quoth_feature_join(quoth_feature(kind, a), b), c);
}

static inline void quoth_add4(struct quoth_features *f, uint32_t kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	if (f->next < f->end)
		*f->next++ = quoth_feature_join(quoth_feature_join(quoth_feature_join(quoth_feature(kind, a), b), c), d);
}

#endif
