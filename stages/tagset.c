#include "stages/tagset.h"

#define X(name, text) text,
static const char *const tag_names[] = {QUOTH_TAGS(X)};
static const char *const relation_names[] = {QUOTH_RELATIONS(X)};
#undef X
#define X(name) #name,
static const char *const upos_names[] = {QUOTH_UPOS_SET(X)};
#undef X
static const char *const name_class_names[] = {"", "person", "organization", "place", "other"};

const char *quoth_tag_name(unsigned tag)
{
	return tag_names[tag];
}

const char *quoth_upos_name(unsigned upos)
{
	return upos_names[upos];
}

const char *quoth_name_class_name(unsigned name_class)
{
	return name_class_names[name_class];
}

const char *quoth_relation_name(unsigned relation)
{
	return relation_names[relation];
}
