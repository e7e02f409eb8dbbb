#include "stages/claim_text.h"

#include "stages/claim_clause.h"

#include <string.h>
#include <utf8proc.h>

struct text {
	const struct quoth_claim_content *content;
	const struct quoth_claim_edits *edits;
	const struct quoth_entity *speaker;	/* NULL where no edit names one */
	unsigned next_edit;
	char date[QUOTH_CLAIM_DATE_BYTES];
	char *bytes;
	size_t size;
	size_t capital;			/* where the first letter stands */
	bool has_capital;		/* it was found */
	bool is_in_bracket;
	bool wants_article;		/* before the speaker's name */
};

static void put(struct text *text, const char *bytes, size_t size)
{
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

static void put_string(struct text *text, const char *string)
{
	put(text, string, strlen(string));
}

static void close_bracket(struct text *text)
{
	if (text->is_in_bracket)
		put_string(text, "]");
	text->is_in_bracket = false;
}

static void note_capital(struct text *text)
{
	if (!text->has_capital)
		text->capital = text->size;
	text->has_capital = true;
}

/* ---- what stands in brackets ---- */

/* Names are as the article has them; descriptions have lost their article. */
static void put_name(struct text *text)
{
	if (text->wants_article)
		put_string(text, "the ");
	put_string(text, text->speaker->name);
}

static void put_possessive(struct text *text)
{
	put_name(text);
	put_string(text, text->bytes[text->size - 1] == 's' && text->speaker->number == QUOTH_PLURAL ? "'" : "'s");
}

/* "think": "thinks"; "go": "goes"; "try": "tries". */
static void put_third_person(struct text *text, const char *verb, size_t length)
{
	char last = verb[length - 1], before = length > 1 ? verb[length - 2] : 'a';
	bool is_vowel_before = memchr("aeiou", before, 5) != NULL;

	if (last == 'y' && !is_vowel_before) {
		put(text, verb, length - 1);
		put_string(text, "ies");
		return;
	}
	put(text, verb, length);
	put_string(text, last == 's' || last == 'x' || last == 'z' || last == 'o' ||
			 (last == 'h' && (before == 'c' || before == 's')) ? "es" : "s");
}

static void put_edit(struct text *text, const struct quoth_claim_edit *edit)
{
	static const char *const fixed[] = {
		[QUOTH_CLAIM_HIMSELF] = "himself", [QUOTH_CLAIM_HERSELF] = "herself",
		[QUOTH_CLAIM_IS] = "is", [QUOTH_CLAIM_HAS] = "has", [QUOTH_CLAIM_DOES] = "does"};

	note_capital(text);
	switch (edit->kind) {
	case QUOTH_CLAIM_NAME: put_name(text); break;
	case QUOTH_CLAIM_NAMES: put_possessive(text); break;
	case QUOTH_CLAIM_THIRD_PERSON:
		put_third_person(text, quoth_token_text(text->content->doc, edit->token),
				 text->content->doc->tokens[edit->token].length);
		break;
	case QUOTH_CLAIM_KEEP:
		put(text, quoth_token_text(text->content->doc, edit->token), text->content->doc->tokens[edit->token].length);
		break;
	default: put_string(text, fixed[edit->kind]);
	}
}

/* What stands after a word. */
static void put_remark(struct text *text, const struct quoth_claim_edit *edit)
{
	if (edit->kind == QUOTH_CLAIM_DATE) {
		put_string(text, " [article dated ");
		put_string(text, text->date);
	} else {
		put_string(text, " [");
		put_name(text);
		put_string(text, " speaking");
	}
	put_string(text, "]");
}

/* ---- tokens ---- */

static bool has_space_before(const struct quoth_document *doc, uint32_t token)
{
	return doc->tokens[token].text > doc->tokens[token - 1].text + doc->tokens[token - 1].length;
}

/* The end of the tokens from `token` on that stand in the text as they shall stand in the claim: unedited, parted by nothing or a space. */
static uint32_t find_stretch(const struct text *text, uint32_t token, uint32_t end)
{
	const struct quoth_document *doc = text->content->doc;
	const struct quoth_token *tokens = doc->tokens;
	uint32_t edited = text->next_edit < text->edits->n ? text->edits->of[text->next_edit].token : end;

	if (edited < end)
		end = edited;
	for (token++; token < end; token++) {
		uint32_t gap = tokens[token].text - tokens[token - 1].text - tokens[token - 1].length;

		if (gap > 1 || (gap == 1 && doc->text[tokens[token].text - 1] != ' '))
			break;
	}
	return token;
}

static void put_edited(struct text *text, const struct quoth_claim_edit *edit, bool has_space)
{
	const struct quoth_document *doc = text->content->doc;

	if (edit->kind == QUOTH_CLAIM_DROP)
		return;
	if (edit->kind < QUOTH_CLAIM_SPEAKING) {
		if (has_space || (text->is_in_bracket && edit->kind != QUOTH_CLAIM_KEEP))
			put_string(text, " ");
		if (!text->is_in_bracket)
			put_string(text, "[");
		text->is_in_bracket = true;
		put_edit(text, edit);
		return;
	}
	close_bracket(text);
	if (has_space)
		put_string(text, " ");
	note_capital(text);
	put(text, quoth_token_text(doc, edit->token), doc->tokens[edit->token].length);
	put_remark(text, edit);
}

/* Puts tokens up to the next edit or odd white space, or one that is edited; gives the token after. */
static uint32_t put_tokens(struct text *text, uint32_t token, uint32_t end, bool has_space)
{
	const struct quoth_token *tokens = text->content->doc->tokens;
	uint32_t next;

	if (text->next_edit < text->edits->n && text->edits->of[text->next_edit].token == token) {
		put_edited(text, &text->edits->of[text->next_edit++], has_space);
		return token + 1;
	}
	close_bracket(text);
	if (has_space)
		put_string(text, " ");
	next = find_stretch(text, token, end);
	if (!text->has_capital && tokens[token].kind == QUOTH_QUOTE_MARK && next > token + 1)
		next = token + 1;	/* the capital stands behind it */
	else
		note_capital(text);
	put(text, quoth_token_text(text->content->doc, token),
	    tokens[next - 1].text + tokens[next - 1].length - tokens[token].text);
	return next;
}

/* ---- marks at the ends of parts ---- */

static bool is_inner_mark(const struct quoth_token *token)
{
	return token->mark == QUOTH_COMMA || token->mark == QUOTH_SEMICOLON || token->mark == QUOTH_COLON ||
	       token->mark == QUOTH_DASH;
}

/* What becomes of the marks at a part's end. */
enum junction {
	ENDS_SENTENCE,		/* a stop takes the place of a comma, or is put: `…,” she said. “…` */
	ENDS_CLAUSE,		/* a comma stands: `…,” she said, “…` */
	GOES_ON,		/* none does: "The bridge," she said, "is safe." */
};

static enum junction junction_after(const struct quoth_claim_content *content, unsigned k, uint32_t first)
{
	struct quoth_claim_content part = *content;

	if (k + 1 == content->n_parts || quoth_claim_gap_ends_sentence(content, k))
		return ENDS_SENTENCE;
	part.n_parts = (uint8_t)(k + 1);
	return quoth_claim_is_clause(&part, first) ? ENDS_CLAUSE : GOES_ON;
}

/* Puts a range of tokens and what ends it. */
static void put_part(struct text *text, struct quoth_range part, bool is_first, enum junction junction)
{
	static const char *const marks[] = {[ENDS_SENTENCE] = ".", [ENDS_CLAUSE] = ",", [GOES_ON] = ""};
	const struct quoth_token *tokens = text->content->doc->tokens;
	bool has_end = false;
	uint32_t last = part.end;

	while (last > part.begin && tokens[last - 1].kind == QUOTH_QUOTE_MARK)
		last--;
	for (uint32_t i = part.begin, end; i < part.end;) {
		if (i + 1 == last && is_inner_mark(tokens + i)) {
			close_bracket(text);
			if (junction != ENDS_SENTENCE || text->bytes[text->size - 1] != '.')	/* "the U.S.," */
				put_string(text, marks[junction]);
			has_end = true;
			i++;
			continue;
		}
		end = i < last && is_inner_mark(tokens + last - 1) ? last - 1 : part.end;
		i = put_tokens(text, i, end, i == part.begin ? !is_first : has_space_before(text->content->doc, i));
	}
	close_bracket(text);
	if (last == part.begin || quoth_claim_is_end_mark(tokens + last - 1) ||
	    (junction == ENDS_SENTENCE && text->bytes[text->size - 1] == '.'))
		has_end = true;
	if (!has_end)
		put_string(text, marks[junction]);
}

/* ---- all of it ---- */

/* "iPhone", but not "anti-American". */
static bool is_written_so(const struct quoth_token *token)
{
	return token->shape == QUOTH_SHAPE_MIXED && !(token->flags & QUOTH_HAS_HYPHEN);
}

static void capitalise(struct text *text, uint32_t first)
{
	unsigned char *at = (unsigned char *)text->bytes + text->capital;
	utf8proc_int32_t letter, upper;
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t length;

	if (!text->has_capital || text->capital >= text->size || is_written_so(quoth_claim_token(text->content, first)))
		return;
	length = utf8proc_iterate(at, (utf8proc_ssize_t)(text->size - text->capital), &letter);
	if (length <= 0)
		return;
	upper = utf8proc_toupper(letter);
	if (utf8proc_encode_char(upper, bytes) == length)
		memcpy(at, bytes, (size_t)length);
}

static bool is_digits(const char *text, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

bool quoth_claim_read_date(const char *from, char *date)
{
	bool has_hyphens = from && is_digits(from, 4) && from[4] == '-';
	const char *month = has_hyphens ? from + 5 : from ? from + 4 : NULL, *day;
	unsigned m, d;

	if (!from || !is_digits(from, 4) || !is_digits(month, 2))
		return false;
	if (has_hyphens && month[2] != '-')
		return false;
	day = month + 2 + has_hyphens;
	if (!is_digits(day, 2) || (day[2] >= '0' && day[2] <= '9'))
		return false;
	m = (unsigned)(month[0] - '0') * 10 + (unsigned)(month[1] - '0');
	d = (unsigned)(day[0] - '0') * 10 + (unsigned)(day[1] - '0');
	if (m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	memcpy(date, from, 4);
	date[4] = date[7] = '-';
	memcpy(date + 5, month, 2);
	memcpy(date + 8, day, 2);
	date[QUOTH_CLAIM_DATE_BYTES - 1] = '\0';
	return true;
}

/* Room for the content and what the edits put in, at most. */
static size_t bound_size(const struct text *text, uint32_t first)
{
	const struct quoth_document *doc = text->content->doc;
	size_t size = 0, name = text->speaker ? strlen(text->speaker->name) : 0;

	for (unsigned k = 0; k < text->content->n_parts; k++) {
		struct quoth_range part = text->content->parts[k];
		uint32_t begin = part.begin > first ? part.begin : first;

		size += doc->tokens[part.end - 1].text + doc->tokens[part.end - 1].length - doc->tokens[begin].text + 2;
	}
	return size + text->edits->n * (name + sizeof " [article dated 2026-11-20]") + 1;
}

/* Whether the speaker is a description that lost its article: "official", but not "some officials", "most voters", "47 percent". */
static bool wants_article(const struct quoth_claim_content *content, const struct quoth_entity *speaker)
{
	static const uint64_t counts = QUOTH_TAG_BIT(DT) | QUOTH_TAG_BIT(PDT) | QUOTH_TAG_BIT(CD) | QUOTH_TAG_BIT(JJS) |
				       QUOTH_TAG_BIT(RBS) | QUOTH_TAG_BIT(RBR);
	uint32_t form = quoth_form_hash(speaker->name, strcspn(speaker->name, " "));
	const struct quoth_lexeme *first = quoth_lexeme_at(content->lexicon, quoth_lexicon_find(content->lexicon, form));

	if (speaker->kind != QUOTH_UNNAMED && !(speaker->name[0] >= 'a' && speaker->name[0] <= 'z'))
		return false;
	return !(first->tags & counts) && !quoth_lexeme_is(first, QUOTH_LEX_INDEFINITE);
}

int quoth_claim_write(const struct quoth_claim_content *content, uint32_t first, const struct quoth_claim_edits *edits,
		      struct quoth_attribution *row)
{
	const struct quoth_document *doc = content->doc;
	struct text text = {
		.content = content, .edits = edits,
		.speaker = row->entity < doc->n_entities ? doc->entities + row->entity : NULL};

	if (text.speaker)
		text.wants_article = wants_article(content, text.speaker);
	quoth_claim_read_date(doc->date, text.date);
	text.bytes = quoth_arena_alloc(doc->arena, bound_size(&text, first));
	if (!text.bytes)
		return QUOTH_NO_MEMORY;
	for (unsigned k = 0; k < content->n_parts; k++) {
		struct quoth_range part = content->parts[k];

		if (k == 0)
			part.begin = first;
		put_part(&text, part, k == 0, junction_after(content, k, first));
	}
	capitalise(&text, first);
	row->claim = text.bytes;
	row->claim_size = (uint32_t)text.size;
	return 0;
}
