#include "pipeline/gazetteer_row.h"

#include "stages/checksum.h"

#include <stdlib.h>

enum {
	MOST_OFFICES = 12, MOST_OCCUPATIONS = 6, MOST_COUNTRIES = 4,
	MOST_DRAFT_BYTES = 64 * 1024,	/* with the words of all values the row is shorter than QUOTH_MAX_GAZETTEER_LINE */
	FIRST_PLACES = 64,
};

const char quoth_gazetteer_header[] = "id\tkind\tname\taliases\tdescription\tcountry\n";

void quoth_gazetteer_draft_free(struct quoth_gazetteer_draft *draft)
{
	quoth_buffer_free(&draft->line);
	quoth_buffer_free(&draft->name);
	free(draft->seen);
	*draft = (struct quoth_gazetteer_draft){0};
}

/* ---- names, each once ---- */

/* Of a million names two are taken for one once in millions of rows. */
static uint64_t hash_name(const char *name, size_t size)
{
	uint64_t hash = quoth_hash_add(QUOTH_HASH_START, name, size);

	return hash + !hash;
}

static uint64_t *find_seen(uint64_t *seen, size_t n_places, uint64_t hash)
{
	size_t i = (size_t)(hash >> 20) & (n_places - 1);

	while (seen[i] && seen[i] != hash)
		i = (i + 1) & (n_places - 1);
	return &seen[i];
}

static bool grow_seen(struct quoth_gazetteer_draft *draft)
{
	size_t n_places = draft->n_places ? draft->n_places * 2 : FIRST_PLACES;
	uint64_t *seen = calloc(n_places, sizeof *seen);

	if (!seen)
		return false;
	for (size_t i = 0; i < draft->n_places; i++)
		if (draft->seen[i])
			*find_seen(seen, n_places, draft->seen[i]) = draft->seen[i];
	free(draft->seen);
	draft->seen = seen;
	draft->n_places = n_places;
	return true;
}

/* Whether a name comes for the first time in this row. Without memory the draft's line fails. */
static bool is_new(struct quoth_gazetteer_draft *draft, const char *name, size_t size)
{
	uint64_t hash = hash_name(name, size), *place;

	if (draft->n_seen * 2 >= draft->n_places && !grow_seen(draft)) {
		draft->line.has_failed = true;
		return false;
	}
	place = find_seen(draft->seen, draft->n_places, hash);
	if (*place)
		return false;
	*place = hash;
	draft->n_seen++;
	return true;
}

/* A row of very many names must not make all others pay for emptying its table. */
static void forget_names(struct quoth_gazetteer_draft *draft)
{
	if (draft->n_places > 64 * FIRST_PLACES) {
		free(draft->seen);
		draft->seen = NULL;
		draft->n_places = 0;
	}
	if (draft->seen)
		memset(draft->seen, 0, draft->n_places * sizeof *draft->seen);
	draft->n_seen = 0;
}

/* Names are joined by bars, so that a name that has one gets a slash in its place. */
static void add_alias(void *context, const char *name, size_t size)
{
	struct quoth_gazetteer_draft *draft = context;
	struct quoth_buffer *alias = &draft->name;

	alias->size = 0;
	quoth_buffer_put_tsv(alias, name, size);
	draft->line.has_failed |= alias->has_failed;
	if (!alias->size || draft->line.has_failed || !is_new(draft, alias->bytes, alias->size))
		return;
	for (size_t i = 0; i < alias->size; i++)
		alias->bytes[i] = alias->bytes[i] == '|' ? '/' : alias->bytes[i];
	if (draft->line.bytes[draft->line.size - 1] != '\t')
		quoth_buffer_put_byte(&draft->line, '|');
	quoth_buffer_put(&draft->line, alias->bytes, alias->size);
}

/* ---- values ---- */

/* The values of a property that go into the row, the best first. */
struct choice {
	struct quoth_wikidata_statement statements[MOST_OFFICES];
	size_t n;
};

static void choose(struct choice *choice, const struct quoth_wikidata_item *item, enum quoth_wikidata_property property,
		   bool is_preferred, bool has_ended, size_t most)
{
	for (size_t i = 0; i < item->n_statements && choice->n < most; i++) {
		const struct quoth_wikidata_statement *statement = &item->statements[i];
		size_t k = 0;

		if (statement->property != property || statement->is_preferred != is_preferred ||
		    statement->has_ended != has_ended)
			continue;
		while (k < choice->n && choice->statements[k].value != statement->value)
			k++;
		if (k == choice->n)
			choice->statements[choice->n++] = *statement;
	}
}

/* Those that hold now before those that have ended, and preferred ones before others. */
static void choose_all(struct choice *choice, const struct quoth_wikidata_item *item, enum quoth_wikidata_property property,
		       size_t most)
{
	choice->n = 0;
	choose(choice, item, property, true, false, most);
	choose(choice, item, property, false, false, most);
	choose(choice, item, property, true, true, most);
	choose(choice, item, property, false, true, most);
}

/* Of countries the preferred ones alone where there are any, and those of today: West Germany only where nothing else
 * is said. */
static void choose_countries(struct choice *choice, const struct quoth_wikidata_item *item)
{
	static const struct {
		bool is_preferred, has_ended;
	} order[] = {{true, false}, {false, false}, {true, true}, {false, true}};

	choice->n = 0;
	for (size_t i = 0; i < sizeof order / sizeof *order && !choice->n; i++)
		choose(choice, item, QUOTH_WIKIDATA_COUNTRY, order[i].is_preferred, order[i].has_ended, MOST_COUNTRIES);
}

static int put_values(struct quoth_gazetteer_draft *draft, const struct choice *choice, char letter, char letter_of_ended,
		      struct quoth_wikidata_values *values)
{
	struct quoth_buffer *line = &draft->line;
	int error = 0;

	for (size_t i = 0; i < choice->n && !error; i++) {
		const struct quoth_wikidata_statement *statement = &choice->statements[i];

		if (line->size && line->bytes[line->size - 1] != '\t')
			quoth_buffer_put_byte(line, ' ');
		quoth_buffer_put_byte(line, statement->has_ended ? letter_of_ended : letter);
		quoth_buffer_put_number(line, statement->value);
		error = quoth_wikidata_values_want(values, statement->value);
	}
	return error;
}

static int put_all_values(struct quoth_gazetteer_draft *draft, const struct quoth_wikidata_item *item,
			  struct quoth_wikidata_values *values)
{
	struct choice choice;
	int error;

	choose_all(&choice, item, QUOTH_WIKIDATA_OFFICE, MOST_OFFICES);
	error = put_values(draft, &choice, 'o', 'f', values);
	choose_all(&choice, item, QUOTH_WIKIDATA_OCCUPATION, MOST_OCCUPATIONS);
	if (!error)
		error = put_values(draft, &choice, 'w', 'w', values);
	choose_countries(&choice, item);
	return error ? error : put_values(draft, &choice, 'c', 'c', values);
}

/* ---- rows ---- */

int quoth_gazetteer_draw_up(struct quoth_gazetteer_draft *draft, struct quoth_wikidata_item *item,
			    enum quoth_wikidata_kind kind, const struct quoth_wikidata_languages *languages,
			    struct quoth_wikidata_values *values, struct quoth_report *report)
{
	struct quoth_buffer *line = &draft->line;
	size_t name;
	int found;

	quoth_buffer_clear(line, SIZE_MAX);
	forget_names(draft);
	quoth_buffer_put_byte(line, 'Q');
	quoth_buffer_put_number(line, item->id);
	quoth_buffer_put_byte(line, '\t');
	quoth_buffer_put_string(line, quoth_wikidata_kind_names[kind]);
	quoth_buffer_put_byte(line, '\t');
	name = line->size;
	found = quoth_wikidata_item_label(item, languages, line, report);
	if (line->has_failed)
		return QUOTH_NO_MEMORY;
	if (found <= 0 || line->size == name)
		return found < 0 ? found : 0;
	is_new(draft, line->bytes + name, line->size - name);
	quoth_buffer_put_byte(line, '\t');
	found = quoth_wikidata_item_names(item, languages, add_alias, draft, report);
	quoth_buffer_put_byte(line, '\t');
	if (!found)
		found = quoth_wikidata_item_description(item, languages, line, report);
	if (found < 0)
		return found;
	if (line->size > MOST_DRAFT_BYTES)
		return quoth_report_set(report, QUOTH_BAD_INPUT, "", "the names and description take more than %d bytes",
					MOST_DRAFT_BYTES);
	quoth_buffer_put_byte(line, '\t');
	found = put_all_values(draft, item, values);
	quoth_buffer_put_byte(line, '\n');
	return found || line->has_failed ? QUOTH_NO_MEMORY : 1;
}

/* Appends the labels of those values whose letter is among `letters`, parted by `separator`; former offices are called
 * so. */
static bool put_labels(const char *list, const char *letters, const char *separator, const struct quoth_wikidata_values *values,
		       struct quoth_buffer *into)
{
	bool has_any = false;
	char letter, *end;

	for (; *list; list = end + (*end == ' ')) {
		const char *label = quoth_wikidata_values_label(values, (uint32_t)strtoul(list + 1, &end, 10));

		letter = *list;
		if (!label || !strchr(letters, letter))
			continue;
		if (has_any)
			quoth_buffer_put_string(into, separator);
		if (letter == 'f')
			quoth_buffer_put_string(into, "former ");
		quoth_buffer_put_string(into, label);
		has_any = true;
	}
	return has_any;
}

void quoth_gazetteer_finish(const char *line, size_t size, const struct quoth_wikidata_values *values,
			    struct quoth_buffer *into)
{
	const char *description = line, *list = line + size;

	for (unsigned tabs = 0; tabs < 4; description++)
		tabs += *description == '\t';
	while (list[-1] != '\t')
		list--;
	quoth_buffer_put(into, line, (size_t)(description - line));
	if (put_labels(list, "ofw", "; ", values, into) && description < list - 1)
		quoth_buffer_put_string(into, "; ");
	quoth_buffer_put(into, description, (size_t)(list - description));
	put_labels(list, "c", "|", values, into);
	quoth_buffer_put_byte(into, '\n');
}
