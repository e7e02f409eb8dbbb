#include "stages/resolve_names.h"

#include <string.h>
#include <utf8proc.h>

enum {
	FOLDED_BYTES = 48,	/* of a word that are compared */
	HEADLINE_TOKENS = 20,	/* a first paragraph up to this long is a headline */
	COUNT_MAX = 6,		/* full names and single words beyond these weigh no more */
	SAME_AS_LAST = 5,	/* weight of being who the surname meant last time */
	NAMED_HERE = 6,		/* weight of a full name in this or the last sentence */
	TITLE_FITS = 8,		/* weight of an equal title beside both names */
	TITLE_DIFFERS = -6,	/* weight of another title, or of none, where the single word has one */
};

/* ---- words as keys ---- */

/* Letters that stand for others in names: no Unicode decomposition has them. */
static uint32_t plain_letter(uint32_t c)
{
	static const struct { uint32_t from, to; } letters[] = {
		{0xe6, 'e'}, {0xf8, 'o'}, {0xfe, 't'}, {0xf0, 'd'}, {0x111, 'd'}, {0x131, 'i'}, {0x142, 'l'}, {'y', 'i'},
	};

	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (letters[i].from == c)
			return letters[i].to;
	return c;
}

struct folded {
	char bytes[FOLDED_BYTES + 8];
	size_t n;
	uint32_t last;		/* the last character, to drop doubles */
};

static void put_letter(struct folded *folded, uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		c |= 0x20;
	c = plain_letter(c);
	if (c == folded->last || c == '.' || c == '\'' || c == 0x2019 || c == 0x2bc)
		return;
	folded->last = c;
	folded->n += (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)folded->bytes + folded->n);
}

static void put_characters(struct folded *folded, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && folded->n < FOLDED_BYTES) {
		utf8proc_int32_t c, parts[8];
		utf8proc_ssize_t n_parts;
		int boundary = 0;

		if ((unsigned char)text[i] < 0x80) {
			put_letter(folded, (unsigned char)text[i++]);
			continue;
		}
		n_parts = utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(length - i), &c);
		if (n_parts <= 0)
			break;
		i += (size_t)n_parts;
		n_parts = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
						  UTF8PROC_CASEFOLD, &boundary);
		for (utf8proc_ssize_t k = 0; k < n_parts && k < 8 && folded->n < FOLDED_BYTES; k++)
			put_letter(folded, (uint32_t)parts[k]);
	}
}

/* Folds a word, the Arabic article before it and a possessive ending after it out. */
static void fold_word(struct folded *folded, const char *text, size_t length)
{
	if (length > 4 && text[2] == '-' &&
	    (((text[0] | 0x20) == 'a' || (text[0] | 0x20) == 'e') && (text[1] | 0x20) == 'l')) {
		text += 3;
		length -= 3;
	}
	if (length > 2 && (text[length - 1] | 0x20) == 's' && text[length - 2] == '\'')
		length -= 2;
	else if (length > 4 && (text[length - 1] | 0x20) == 's' && memcmp(text + length - 4, "\xe2\x80\x99", 3) == 0)
		length -= 4;
	folded->n = 0;
	folded->last = 0;
	put_characters(folded, text, length);
}

static uint8_t read_generation(const struct quoth_document *doc, uint32_t token)
{
	static const char *const suffixes[][4] = {
		{"jr.", "jr", "junior", NULL}, {"sr.", "sr", "senior", NULL}, {"ii", "2nd", NULL}, {"iii", "3rd", NULL},
		{"iv", NULL}};

	for (uint8_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		if (quoth_token_is_one_of(doc, token, suffixes[i]))
			return i + 1;
	return 0;
}

static bool is_particle(const struct quoth_document *doc, uint32_t token)
{
	static const char *const particles[] = {
		"al", "el", "bin", "ibn", "bint", "ben", "de", "del", "della", "di", "da", "das", "do", "dos", "du",
		"des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "zur", "af", "av", "abu", "the", "of",
		"and", "for", "&", NULL};

	return quoth_token_is_one_of(doc, token, particles);
}

/* Letters of "NATO" and "E.P.A.", in one case. */
static void read_acronym(const char *text, size_t length, struct quoth_name *name)
{
	char letters[8];
	size_t n = 0;

	for (size_t i = 0; i < length && n < sizeof letters; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			letters[n++] = (char)(text[i] | 0x20);
		else if (text[i] != '.')
			return;
	if (n < 2 || n >= sizeof letters)
		return;
	name->is_upper = true;
	name->acronym = quoth_form_hash(letters, n);
	name->n_acronym = (uint8_t)n;
}

static void read_initials_of(struct quoth_name *name)
{
	name->acronym = quoth_form_hash((const char *)name->initials, name->n);
	name->n_acronym = name->n;
}

void quoth_name_read(const struct quoth_discourse *discourse, struct quoth_range tokens, struct quoth_name *name)
{
	const struct quoth_document *doc = discourse->doc;
	struct folded folded;

	memset(name, 0, sizeof *name);
	for (uint32_t i = tokens.begin; i < tokens.end && doc->tokens[i].mark != QUOTH_OPEN_BRACKET; i++) {
		const struct quoth_token *token = &doc->tokens[i];
		const char *text = quoth_token_text(doc, i);
		uint8_t generation;

		if ((token->kind != QUOTH_WORD && token->kind != QUOTH_NUMBER) || token->tag == QUOTH_TAG_POS)
			continue;
		generation = i > tokens.begin ? read_generation(doc, i) : 0;
		if (generation) {
			name->generation = generation;
			continue;
		}
		if ((i + 1 < tokens.end && is_particle(doc, i)) ||
		    (name->n && quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_CORPORATE))
			continue;
		fold_word(&folded, text, token->length);
		if (!folded.n)
			continue;
		/* The last word counts most: an overlong name keeps its beginning and its end. */
		if (name->n == NAME_WORDS)
			name->n--;
		if (!name->n) {
			name->first_as_written = quoth_word_key(discourse, i);
			name->has_forename = quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_FORENAME;
		}
		name->words[name->n] = quoth_form_hash(folded.bytes, folded.n);
		name->initials[name->n] = (uint8_t)folded.bytes[0];
		name->is_initial[name->n] = token->length == 1 || (token->length == 2 && text[1] == '.');
		name->n++;
		if (name->n == 1)
			read_acronym(text, token->length, name);
	}
	if (name->n > 1) {
		name->is_upper = false;
		read_initials_of(name);
	}
}

/* ---- agreement ---- */

static bool words_equal(const struct quoth_name *a, unsigned i, const struct quoth_name *b, unsigned k)
{
	if (a->is_initial[i] || b->is_initial[k])
		return a->initials[i] == b->initials[k];
	return a->words[i] == b->words[k];
}

/* Whether the last words of the longer name are all of the shorter one. */
static bool ends_in(const struct quoth_name *longer, const struct quoth_name *shorter)
{
	for (unsigned i = 0; i < shorter->n; i++)
		if (longer->words[longer->n - shorter->n + i] != shorter->words[i])
			return false;
	return true;
}

static bool first_names_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	if (words_equal(a, 0, b, 0) || a->first_as_written == b->first_as_written)
		return true;
	/* "J. Edgar Hoover" is "Edgar Hoover". */
	return (a->n > 2 && a->is_initial[0] && words_equal(a, 1, b, 0)) ||
	       (b->n > 2 && b->is_initial[0] && words_equal(b, 1, a, 0));
}

static bool middle_names_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	return a->n != 3 || b->n != 3 || words_equal(a, 1, b, 1) || a->words[2] != b->words[2];
}

bool quoth_persons_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	const struct quoth_name *longer = a->n >= b->n ? a : b, *shorter = longer == a ? b : a;

	if (!shorter->n || (a->generation && b->generation && a->generation != b->generation))
		return false;
	if (ends_in(longer, shorter))
		return true;
	if (shorter->n < 2)
		return shorter->words[0] == longer->words[0];
	/* "Gabriel Garcia" in "Gabriel Garcia Marquez"; a middle name is no surname where the last words differ. */
	if (a->words[a->n - 1] != b->words[b->n - 1])
		return longer->n == 3 && shorter->n == 2 && !longer->is_initial[1] &&
		       longer->words[0] == shorter->words[0] && longer->words[1] == shorter->words[1];
	return first_names_agree(a, b) && middle_names_agree(a, b);
}

bool quoth_things_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	const struct quoth_name *longer = a->n >= b->n ? a : b, *shorter = longer == a ? b : a;

	if (!shorter->n)
		return false;
	if (ends_in(longer, shorter))
		return true;
	return longer->n > 1 && shorter->n == 1 && shorter->is_upper && shorter->acronym == longer->acronym;
}

/* ---- clusters of full names ---- */

static bool is_name(const struct quoth_mention *mention)
{
	return mention->kind == QUOTH_NAME_MENTION && !mention->is_group && !quoth_range_is_empty(mention->name);
}

/* A title that tells an office: not "Mr." */
static bool has_office(const struct quoth_discourse *discourse, uint32_t mention)
{
	struct quoth_range title = discourse->doc->mentions[mention].title;

	return !quoth_range_is_empty(title) && !quoth_is_honorific(discourse->doc, title.end - 1);
}

static uint32_t hash_words(const struct quoth_name *name)
{
	uint32_t hash = 0x811c9dc5u;

	for (unsigned i = 0; i < name->n; i++)
		hash = (hash ^ name->words[i]) * 0x01000193u;
	return hash;
}

static bool is_in_body(const struct quoth_document *doc, uint32_t mention)
{
	const struct quoth_sentence *sentence = &doc->sentences[doc->tokens[doc->mentions[mention].head].sentence];

	/* The first paragraph, if it is short, is a headline whatever it ends in. */
	return doc->paragraphs[sentence->paragraph].kind == QUOTH_BODY &&
	       (sentence->paragraph || quoth_range_length(doc->paragraphs[0].tokens) > HEADLINE_TOKENS ||
		doc->n_paragraphs == 1);
}

/* More words make a name fuller, generations and middle names among them; capitals of a headline do not. */
static bool is_fuller(const struct quoth_discourse *discourse, const struct quoth_name *name, uint32_t mention,
		      const struct quoth_cluster *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t length = quoth_range_length(doc->mentions[mention].name);
	uint32_t old = quoth_range_length(doc->mentions[cluster->display].name);

	if ((cluster->name.n == 1) != (name->n == 1))
		return cluster->name.n == 1;
	if (cluster->name.is_upper && name->n == 1 && !name->is_upper)
		return true;
	/* What stands before a known forename is none of the name. */
	if (name->n > 1 && cluster->name.has_forename != name->has_forename)
		return name->has_forename;
	if (is_in_body(doc, mention) != is_in_body(doc, cluster->display))
		return is_in_body(doc, mention) && name->n > 1;
	if (name->n > 1 && name->is_initial[0] != cluster->name.is_initial[0])
		return cluster->name.is_initial[0];
	if (name->n != cluster->name.n)
		return name->n > cluster->name.n;
	return length > old;
}

static void vote(struct quoth_cluster *cluster, const struct quoth_mention *mention)
{
	if (cluster->votes[mention->name_class] < UINT16_MAX)
		cluster->votes[mention->name_class]++;
}

/* Puts the cluster at the head of the chain of a key. */
static int chain(struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key, uint32_t cluster,
		 uint32_t *next)
{
	uint32_t head = quoth_index_find(discourse, table, key);

	if (head == cluster)
		return 0;
	*next = head;
	return quoth_index_set(discourse, table, key, cluster);
}

static int index_cluster(struct quoth_discourse *discourse, uint32_t i)
{
	struct quoth_cluster *cluster = &discourse->clusters[i];
	const struct quoth_name *name = &cluster->name;
	int error = quoth_index_set(discourse, QUOTH_BY_FULL, hash_words(name), i);

	if (!error && cluster->next_last == QUOTH_NONE)
		error = chain(discourse, QUOTH_BY_LAST, name->words[name->n - 1], i, &cluster->next_last);
	if (!error && name->n > 1 && cluster->next_first == QUOTH_NONE)
		error = chain(discourse, QUOTH_BY_FIRST, name->words[0], i, &cluster->next_first);
	if (!error && name->n_acronym > 1)
		error = quoth_index_set(discourse, QUOTH_BY_ACRONYM, name->acronym, i);
	return error;
}

static int start_cluster(struct quoth_discourse *discourse, uint32_t mention, const struct quoth_name *name,
			 uint32_t *cluster)
{
	int error = quoth_cluster_add(discourse, QUOTH_NAME_CLUSTER, mention, cluster);

	if (error)
		return error;
	discourse->clusters[*cluster].name = *name;
	return index_cluster(discourse, *cluster);
}

static int join_cluster(struct quoth_discourse *discourse, uint32_t mention, const struct quoth_name *name,
			uint32_t i)
{
	struct quoth_cluster *cluster = &discourse->clusters[i];

	if (!is_fuller(discourse, name, mention, cluster))
		return 0;
	cluster->display = mention;
	if (name->n < cluster->name.n)
		return 0;
	cluster->name = *name;
	return quoth_index_set(discourse, QUOTH_BY_FULL, hash_words(name), i);
}

static bool can_be_person(const struct quoth_mention *mention)
{
	return mention->name_class == QUOTH_NAME_PERSON || mention->name_class == QUOTH_NOT_A_NAME;
}

static bool classes_agree(const struct quoth_mention *mention, const struct quoth_cluster *cluster)
{
	return (mention->name_class == QUOTH_NAME_PERSON) == (quoth_cluster_class(cluster) == QUOTH_NAME_PERSON);
}

/* The cluster of a name in full: the same words, else the newest with the same last word that agrees. */
static uint32_t find_full(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			  const struct quoth_name *name)
{
	uint32_t i = quoth_index_find(discourse, QUOTH_BY_FULL, hash_words(name));

	if (i != QUOTH_NONE && quoth_genders_agree(discourse->clusters[i].gender, mention->gender) &&
	    (!name->generation || !discourse->clusters[i].name.generation ||
	     name->generation == discourse->clusters[i].name.generation))
		return i;
	i = quoth_index_find(discourse, QUOTH_BY_LAST, name->words[name->n - 1]);
	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];

		if (!classes_agree(mention, cluster) || !quoth_genders_agree(cluster->gender, mention->gender))
			continue;
		if (can_be_person(mention) ? quoth_persons_agree(&cluster->name, name) :
					     quoth_things_agree(&cluster->name, name))
			return i;
	}
	i = quoth_index_find(discourse, QUOTH_BY_FIRST, name->words[0]);
	for (unsigned n = 0; can_be_person(mention) && i != QUOTH_NONE && n < SCAN; n++) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];

		if (classes_agree(mention, cluster) && quoth_persons_agree(&cluster->name, name))
			return i;
		i = cluster->next_first;
	}
	return QUOTH_NONE;
}

enum link_stage { BODY, HEADLINES };

static int link_full_name(struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name, enum link_stage stage)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[m];
	uint32_t cluster = find_full(discourse, mention, name);
	int error = 0;

	/* A headline's capitals run names into what follows; that waits until all others are known. */
	if (cluster == QUOTH_NONE && stage == HEADLINES)
		return 0;
	error = cluster == QUOTH_NONE ? start_cluster(discourse, m, name, &cluster) :
					join_cluster(discourse, m, name, cluster);
	if (error)
		return error;
	discourse->cluster_of[m] = cluster;
	discourse->clusters[cluster].n_full++;
	if (has_office(discourse, m))
		discourse->clusters[cluster].titled = m;
	vote(&discourse->clusters[cluster], mention);
	if (!discourse->clusters[cluster].gender)
		discourse->clusters[cluster].gender = mention->gender;
	return 0;
}

/* Names in full of the body's paragraphs, or of all others. */
static int link_full_names(struct quoth_discourse *discourse, enum link_stage stage)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		if (!is_name(&doc->mentions[m]) || is_in_body(doc, m) != (stage == BODY))
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (name.n > 1)
			error = link_full_name(discourse, m, &name, stage);
	}
	return error;
}

/* ---- single words ---- */

/* Who a shared surname means: who it meant last, who is named in full nearby, who is named in full most. */
struct choice {
	uint32_t sentence;	/* of the mention that is placed */
	uint32_t mention;
};

static bool titles_share_word(const struct quoth_discourse *discourse, struct quoth_range a, struct quoth_range b)
{
	return !quoth_range_is_empty(a) && !quoth_range_is_empty(b) &&
	       quoth_word_key(discourse, a.end - 1) == quoth_word_key(discourse, b.end - 1);
}

static uint32_t at_most(uint32_t n, uint32_t most)
{
	return n < most ? n : most;
}

static int weigh_bearer(const struct quoth_discourse *discourse, struct choice choice, uint32_t i)
{
	const struct quoth_cluster *cluster = &discourse->clusters[i];
	const struct quoth_document *doc = discourse->doc;
	int weight = (int)(at_most(cluster->n_full, COUNT_MAX) + at_most(cluster->n_short, COUNT_MAX));

	if (has_office(discourse, choice.mention))
		weight += cluster->titled != QUOTH_NONE &&
			  titles_share_word(discourse, doc->mentions[choice.mention].title,
					    doc->mentions[cluster->titled].title) ? TITLE_FITS : TITLE_DIFFERS;
	if (cluster->last_mention != QUOTH_NONE) {
		uint32_t last = doc->tokens[doc->mentions[cluster->last_mention].head].sentence;

		if (choice.sentence - last < 2 &&
		    quoth_range_length(doc->mentions[cluster->last_mention].name) > 1)
			weight += NAMED_HERE;
	}
	return weight;
}

/* The best of a chain of clusters that can bear a single word; meant: whom the word meant last. */
static uint32_t choose_bearer(const struct quoth_discourse *discourse, uint32_t m, uint32_t i, bool by_last,
			      uint32_t meant)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[m];
	struct choice choice = {discourse->doc->tokens[mention->head].sentence, m};
	bool is_shared = i != QUOTH_NONE &&
			 (by_last ? discourse->clusters[i].next_last : discourse->clusters[i].next_first) != QUOTH_NONE;
	uint32_t best = QUOTH_NONE;
	int best_weight = is_shared ? 0 : TITLE_DIFFERS - 1;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		int weight = weigh_bearer(discourse, choice, i) + (i == meant ? SAME_AS_LAST : 0);
		bool is_person = quoth_cluster_class(cluster) == QUOTH_NAME_PERSON;

		if (quoth_genders_agree(cluster->gender, mention->gender) && weight > best_weight &&
		    (is_person || mention->name_class != QUOTH_NAME_PERSON) &&
		    (!is_person || mention->name_class != QUOTH_NAME_PLACE) && (is_person || by_last)) {
			best = i;
			best_weight = weight;
		}
		i = by_last ? cluster->next_last : cluster->next_first;
	}
	return best;
}

/* The cluster that a single word names, QUOTH_NONE if it is new. */
static uint32_t find_single(const struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[m];
	uint32_t meant = quoth_index_find(discourse, QUOTH_BY_MEANT, name->words[0]);
	uint32_t i = QUOTH_NONE;

	if (name->is_upper && mention->name_class != QUOTH_NAME_PERSON) {
		i = quoth_index_find(discourse, QUOTH_BY_ACRONYM, name->acronym);
		if (i != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[i]) == QUOTH_NAME_PERSON)
			i = QUOTH_NONE;
	}
	/* A place is itself: "Washington" is no short form of anything. */
	if (i == QUOTH_NONE && mention->name_class == QUOTH_NAME_PLACE) {
		i = quoth_index_find(discourse, QUOTH_BY_FULL, hash_words(name));
		return i;
	}
	if (i == QUOTH_NONE)
		i = choose_bearer(discourse, m, quoth_index_find(discourse, QUOTH_BY_LAST, name->words[0]), true, meant);
	if (i == QUOTH_NONE)
		i = choose_bearer(discourse, m, quoth_index_find(discourse, QUOTH_BY_FIRST, name->words[0]), false,
				  meant);
	if (i == QUOTH_NONE) {
		i = quoth_index_find(discourse, QUOTH_BY_FULL, hash_words(name));
		if (i != QUOTH_NONE && !quoth_genders_agree(discourse->clusters[i].gender, mention->gender))
			i = QUOTH_NONE;
	}
	return i;
}

static int link_single(struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name)
{
	uint32_t cluster = find_single(discourse, m, name);
	int error = cluster == QUOTH_NONE ? start_cluster(discourse, m, name, &cluster) :
					    join_cluster(discourse, m, name, cluster);

	if (error)
		return error;
	discourse->cluster_of[m] = cluster;
	discourse->clusters[cluster].n_short++;
	if (discourse->clusters[cluster].name.n == 1 && has_office(discourse, m))
		discourse->clusters[cluster].titled = m;
	vote(&discourse->clusters[cluster], &discourse->doc->mentions[m]);
	if (!discourse->clusters[cluster].gender)
		discourse->clusters[cluster].gender = discourse->doc->mentions[m].gender;
	return quoth_index_set(discourse, QUOTH_BY_MEANT, name->words[0], cluster);
}

/* "Mr. Lee" in an article that names but "Ann Lee" in full is somebody else; he has to be known before "Lee" is read. */
static int start_gendered(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	uint32_t cluster;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		if (!is_name(&doc->mentions[m]) || discourse->cluster_of[m] != QUOTH_NONE ||
		    quoth_range_is_empty(doc->mentions[m].title) || !(doc->mentions[m].gender % QUOTH_NEUTER))
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (name.n && quoth_index_find(discourse, QUOTH_BY_LAST, name.words[0]) != QUOTH_NONE &&
		    find_single(discourse, m, &name) == QUOTH_NONE) {
			error = start_cluster(discourse, m, &name, &cluster);
			if (!error)
				vote(&discourse->clusters[cluster], &doc->mentions[m]);
		}
	}
	return error;
}

/* A headline's capitals run names into what follows: "Ann Lee Calls Talks Off" is the body's Ann Lee. */
static uint32_t find_prefix(const struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name)
{
	for (uint8_t n = name->n - 1; n > 0; n--) {
		struct quoth_name prefix = *name;
		uint32_t i;

		prefix.n = n;
		i = n > 1 ? quoth_index_find(discourse, QUOTH_BY_FULL, hash_words(&prefix)) :
			    choose_bearer(discourse, m, quoth_index_find(discourse, QUOTH_BY_LAST, prefix.words[0]), true,
				      quoth_index_find(discourse, QUOTH_BY_MEANT, prefix.words[0]));
		if (i != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[i]) == QUOTH_NAME_PERSON)
			return i;
	}
	return QUOTH_NONE;
}

static int link_headlines(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		uint32_t cluster;

		if (!is_name(&doc->mentions[m]) || discourse->cluster_of[m] != QUOTH_NONE)
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (!name.n)
			continue;
		cluster = find_full(discourse, &doc->mentions[m], &name);
		if (cluster == QUOTH_NONE)
			cluster = find_prefix(discourse, m, &name);
		if (cluster == QUOTH_NONE) {
			error = start_cluster(discourse, m, &name, &cluster);
			if (!error)
				vote(&discourse->clusters[cluster], &doc->mentions[m]);
		}
		discourse->cluster_of[m] = cluster;
	}
	return error;
}

/* A surname that is a common word, too, and was not read as a name: "Dean". */
static void link_words(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];
		uint32_t cluster;

		if (mention->kind != QUOTH_NOMINAL_MENTION || quoth_range_length(mention->tokens) != 1 ||
		    doc->tokens[mention->head].shape == QUOTH_SHAPE_LOWER)
			continue;
		cluster = quoth_names_find(discourse, mention->tokens);
		if (cluster != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[cluster]) == QUOTH_NAME_PERSON)
			discourse->cluster_of[m] = cluster;
		discourse->marks[m] |= discourse->cluster_of[m] == QUOTH_NONE ? 0 : QUOTH_IS_NAMED;
	}
}

int quoth_names_link(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = link_full_names(discourse, BODY);

	if (!error)
		error = link_full_names(discourse, HEADLINES);
	if (!error)
		error = start_gendered(discourse);
	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		if (!is_name(&doc->mentions[m]))
			continue;
		if (discourse->cluster_of[m] == QUOTH_NONE) {
			quoth_name_read(discourse, doc->mentions[m].name, &name);
			if (name.n != 1)
				continue;
			error = link_single(discourse, m, &name);
		}
		if (!error)
			discourse->clusters[discourse->cluster_of[m]].last_mention = m;
	}
	if (!error)
		error = link_headlines(discourse);
	for (uint32_t i = 0; i < discourse->n_clusters; i++)
		discourse->clusters[i].last_mention = QUOTH_NONE;
	if (!error)
		link_words(discourse);
	return error;
}

uint32_t quoth_names_find(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	struct quoth_name name;
	uint32_t i, best, meant;

	quoth_name_read(discourse, tokens, &name);
	if (!name.n)
		return QUOTH_NONE;
	best = quoth_index_find(discourse, QUOTH_BY_FULL, hash_words(&name));
	if (best != QUOTH_NONE || name.n > 1)
		return best;
	meant = quoth_index_find(discourse, QUOTH_BY_MEANT, name.words[0]);
	i = quoth_index_find(discourse, QUOTH_BY_LAST, name.words[0]);
	for (unsigned n = 0, most = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		unsigned weight = cluster->n_full + cluster->n_short + (i == meant ? SAME_AS_LAST : 0);

		if (weight > most) {
			best = i;
			most = weight;
		}
	}
	return best;
}
