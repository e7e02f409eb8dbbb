/* resolve_discourse: what the files of the resolve stage share while they work on one document.
 *
 * A cluster is a set of mentions of one person, organisation or description. All clusters are kept in one array; the
 * index tables find them by the words of their names and by the head nouns of their roles. Chains that hang on one key
 * are walked for SCAN entries at most, newest first, so that a document with a million Smiths stays linear.
 */
#ifndef QUOTH_RESOLVE_DISCOURSE_H
#define QUOTH_RESOLVE_DISCOURSE_H

#include "stages/document.h"
#include "stages/lexicon.h"
#include "stages/resources.h"

struct quoth_weighings;
struct quoth_watcher;

enum {
	NAME_WORDS = 8,		/* words of a name that are compared; the rest of a longer one is not */
	SCAN = 12,		/* entries of a chain that are looked at */
	RECENT = 12,		/* clusters that a pronoun may mean */
	JOINT_MEMBERS = 6,	/* clusters that "A, B and C" joins; longer lists go by their first ones */
	ROLE_WORDS = 24,	/* words of a role or description that are compared */
	PERSON_NOUNS = QUOTH_LEX_TITLE | QUOTH_LEX_SPEAKER_NOUN,	/* flags of what a person is called */
};

/* The words of a name as keys: folded (case, accents, doubled letters, y for i), particles and suffixes apart. */
struct quoth_name {
	uint32_t words[NAME_WORDS];
	uint32_t first_as_written;	/* canonical form of the first word, "william" for Bill: nicknames agree here */
	uint32_t acronym;		/* hash of the capital initials, or of the letters of a word all in capitals */
	uint8_t initials[NAME_WORDS];	/* first letter of each word */
	uint8_t n;
	uint8_t generation;		/* one bit: 1 Jr., 2 Sr., 4 II, 8 III, 16 IV; 0 none given */
	uint8_t n_acronym;		/* letters of acronym */
	bool is_initial[NAME_WORDS];	/* the word is an initial: "J." */
	bool is_upper;			/* one word, all in capitals */
	bool has_forename;		/* its first word is in the list of forenames */
};

enum quoth_cluster_type { QUOTH_NAME_CLUSTER, QUOTH_DESCRIPTION_CLUSTER, QUOTH_JOINT_CLUSTER };

struct quoth_cluster {
	struct quoth_name name;		/* of the fullest name */
	struct quoth_range described;	/* description: the tokens that are printed, once known to be more than display */
	uint32_t display;		/* mention that names or describes it best; of a joint cluster the first */
	uint32_t members[JOINT_MEMBERS];	/* joint: clusters */
	uint8_t n_members;
	uint32_t n_mentions;		/* up to where the sweep is */
	uint32_t n_full;		/* in full over the whole article */
	uint32_t n_short;		/* by a single word, up to where names are linked */
	uint32_t titled;		/* the newest mention in full with a title that is an office, QUOTH_NONE */
	uint32_t last_mention;		/* newest, up to where the sweep is; QUOTH_NONE before the first */
	uint32_t last_token;		/* where that is, or a source since that no mention is */
	uint32_t last_subject;		/* where it was last a subject; QUOTH_NONE before the first time */
	uint32_t next_last, next_first, next_head;	/* chains of the index tables */
	uint32_t roles;			/* its newest role */
	uint16_t votes[QUOTH_N_NAME_CLASSES];
	uint8_t type;			/* enum quoth_cluster_type */
	uint8_t gender, number;
	uint8_t marks;			/* enum quoth_mention_mark of its last mention */
};

/* A title, office or description that the article gives for a named cluster. */
struct quoth_role {
	struct quoth_range tokens;	/* determiner and possessive mark out */
	uint32_t cluster;
	uint32_t head;			/* key of its head noun */
	uint32_t next_of_cluster, next_of_head;
	uint32_t n_uses;
	uint8_t traits;			/* enum quoth_role_trait, or-ed */
};

enum quoth_role_trait {
	QUOTH_ROLE_IS_KINSHIP = 1 << 0,		/* "her rival": whose, the role alone does not say */
	QUOTH_ROLE_IS_PLURAL = 1 << 1,		/* "Sens." of two senators */
	QUOTH_ROLE_IS_TAKEN_UP = 1 << 2,	/* a description that takes up somebody named before */
	QUOTH_ROLE_IS_AFFILIATION = 1 << 3,	/* an organisation alone: "CNN" of "CNN's Ann Lee" */
	QUOTH_ROLE_IS_BEFORE = 1 << 4,		/* stands before the name */
	QUOTH_ROLE_IS_PRESENT = 1 << 5,		/* "now the majority leader" */
	QUOTH_ROLE_IS_PREDICATE = 1 << 7,	/* "X is a teacher" */
	QUOTH_ROLE_IS_OWNED = 1 << 6,		/* "its author": whose stands elsewhere */
};

/* Open addressing; grown at half full. key 0 is free. */
struct quoth_index_slot {
	uint32_t key, value;
};

struct quoth_index {
	struct quoth_index_slot *slots;
	uint32_t n_slots, n_used;
};

/* Kinds of recent clusters: what pronouns part by. Things that cannot speak are in none. */
enum quoth_ring { QUOTH_RING_PERSONS, QUOTH_RING_BODIES, QUOTH_RING_SEVERAL, QUOTH_N_RINGS };

struct quoth_discourse {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_weighings *weighings;
	const struct quoth_watcher *watcher;	/* NULL outside training */

	uint32_t *cluster_of;		/* a mention's cluster, QUOTH_NONE */
	uint8_t *marks;			/* a mention's enum quoth_mention_mark, or-ed */
	uint32_t *holder;		/* the innermost attribution that a mention stands in the content of, QUOTH_NONE */
	float *doubts;			/* of a pronoun as a source, that it means another; negative where unknown */
	uint32_t *source_of;		/* an attribution's source as a mention, QUOTH_NONE */
	uint32_t *says;			/* the first attribution that a mention is the source of, QUOTH_NONE */
	struct quoth_cluster *clusters;
	uint32_t n_clusters, clusters_size;
	struct quoth_role *roles;
	uint32_t n_roles, roles_size;
	struct quoth_index index;

	/* where the sweep is */
	uint32_t recent[QUOTH_N_RINGS][RECENT];	/* clusters of a kind, newest first */
	uint32_t n_recent[QUOTH_N_RINGS];
	uint32_t last_speaker;		/* cluster that has the floor: the last source's, QUOTH_NONE */

	struct quoth_speaker_notes *notes;	/* NULL; where the document is explained, resolve_explain.h */
};

enum quoth_mention_mark {
	QUOTH_IS_SOURCE = 1 << 0,	/* of an attribution */
	QUOTH_IS_SUBJECT = 1 << 1,	/* a verb follows, no preposition stands before */
	QUOTH_IS_POSSESSIVE = 1 << 2,	/* "Clinton's" */
	QUOTH_IS_QUOTED = 1 << 3,	/* inside a quotation */
	QUOTH_IS_NAMED = 1 << 5,	/* a nominal that is a name: "Dean" */
	QUOTH_IS_RENAMED = 1 << 4,	/* an apposition of a name: already placed */
};

/* Which table a key belongs to; mixed into the key. */
enum quoth_index_table { QUOTH_BY_FULL = 1, QUOTH_BY_LAST, QUOTH_BY_FIRST, QUOTH_BY_ACRONYM, QUOTH_BY_ROLE,
			 QUOTH_BY_DESCRIPTION, QUOTH_BY_MEANT };

/* The value of a key, QUOTH_NONE if it has none. */
uint32_t quoth_index_find(const struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key);

/* Sets the value of a key. QUOTH_NO_MEMORY. */
int quoth_index_set(struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key, uint32_t value);

/* A new cluster of a mention (QUOTH_NONE: of a range of tokens that no mention is); *cluster gets its index.
 * QUOTH_NO_MEMORY. */
int quoth_cluster_add(struct quoth_discourse *discourse, enum quoth_cluster_type type, uint32_t mention,
		      uint32_t *cluster);

/* Puts a mention into a cluster as the sweep comes by: recency, gender, count. */
void quoth_cluster_mention(struct quoth_discourse *discourse, uint32_t cluster, uint32_t mention);

/* The same for a source that is a cluster's name but no mention. */
void quoth_cluster_source(struct quoth_discourse *discourse, uint32_t cluster, uint32_t token);

/* The name class that most of a cluster's names have. */
enum quoth_name_class quoth_cluster_class(const struct quoth_cluster *cluster);

/* What a cluster is: a person, an organisation (also a place or document that speaks), a group, unnamed. */
enum quoth_speaker_kind quoth_cluster_kind(const struct quoth_discourse *discourse, uint32_t cluster);

/* Sentences from the last mention of a cluster to a token; UINT32_MAX before its first mention. */
uint32_t quoth_cluster_distance(const struct quoth_discourse *discourse, uint32_t cluster, uint32_t token);

/* Whether both could be one person's: what is unknown, or neuter because it was not read as a person's, may be any. */
static inline bool quoth_genders_agree(unsigned a, unsigned b)
{
	return !(a % QUOTH_NEUTER) || !(b % QUOTH_NEUTER) || a == b;
}

/* Takes a gender from one of a cluster's mentions; what was unknown, or not read as a person's, gives way to it. */
static inline void quoth_cluster_learn_gender(struct quoth_cluster *cluster, unsigned gender)
{
	if (!(cluster->gender % QUOTH_NEUTER) && gender % QUOTH_NEUTER)
		cluster->gender = (uint8_t)gender;
}

/* What the lexicon says of a token; never NULL. */
static inline const struct quoth_lexeme *quoth_token_lexeme(const struct quoth_discourse *discourse, uint32_t token)
{
	return quoth_lexeme_at(discourse->lexicon, discourse->doc->tokens[token].lexeme);
}

/* Whether a token is in any of the sets of words, enum quoth_closed_set or-ed. */
static inline bool quoth_token_is_in(const struct quoth_discourse *discourse, uint32_t token, uint32_t sets)
{
	return (quoth_token_lexeme(discourse, token)->sets & sets) != 0;
}

/* Whether words begin with "one of": "one of her advisers" is one, whatever number the noun has. */
bool quoth_range_is_one_of_several(const struct quoth_document *doc, struct quoth_range tokens);

/* The key by which a word of a role or description is compared: its synonym's ("governor" for "Gov.", "spokesperson"
 * for "spokesman", "russia" for "Russian"), else its lemma's. */
uint32_t quoth_word_key(const struct quoth_discourse *discourse, uint32_t token);

/* A range without the determiner before it and the possessive mark after it. */
struct quoth_range quoth_range_trim(const struct quoth_discourse *discourse, struct quoth_range tokens);

#endif
