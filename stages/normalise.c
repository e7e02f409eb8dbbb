#include "stages/normalise.h"

#include "stages/characters.h"
#include "stages/entities.h"
#include "stages/misread.h"

#include <string.h>
#include <utf8proc.h>

/* ---- what may stay as it is ---- */

/* Bytes that are the same before and after and end no sequence: printable ASCII but '&', tab, LF, CR. */
static const bool is_clean_byte[256] = {
	['\t'] = true, ['\n'] = true, ['\r'] = true, [' ' ... '%'] = true, ['\'' ... '~'] = true,
};

/* Blocks without combining marks, without characters that NFC replaces and without such that this stage maps; what news
 * is mostly written in. Everything else is looked up. */
static bool is_in_clean_block(uint32_t c)
{
	if (c < 0x0300)
		return c > 0xA0 && c != 0xAD && !quoth_misread_begins(c);
	if (c < 0x2000)
		return (c >= 0x0388 && c < 0x0483) || (c >= 0x048A && c < 0x0530) || (c >= 0x05D0 && c <= 0x05EA) ||
		       (c >= 0x0620 && c < 0x064B) || (c >= 0x1E00 && c < 0x1F00);
	if (c < 0x2070)
		return (c >= 0x2010 && c < 0x2028) || (c >= 0x2030 && c < 0x205F);
	return (c >= 0x3001 && c < 0x302A) || (c >= 0x3041 && c < 0x3097) || (c >= 0x30A1 && c < 0x30FB) ||
	       (c >= 0x4E00 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4);
}

/* Whether NFC may join c with what stands before it, or order it among that. */
static bool attaches(uint32_t c)
{
	const utf8proc_property_t *property;

	if (c < 0x0300 || is_in_clean_block(c))
		return false;
	if (c >= 0x1160 && c < 0x1200)		/* Hangul vowels and finals */
		return true;
	property = utf8proc_get_property((utf8proc_int32_t)c);
	return property->combining_class != 0 ||
	       (property->category >= UTF8PROC_CATEGORY_MN && property->category <= UTF8PROC_CATEGORY_ME);
}

enum { DROPPED = 0, PARAGRAPH_BREAK = 0x2029 };

/* The character that stands for c in the text: c itself, a space or break, or DROPPED. */
static uint32_t map_character(uint32_t c, bool follows_ascii)
{
	if (c < 0x80)
		return c >= ' ' ? c == 0x7F ? ' ' : c : c == '\t' || c == '\n' || c == '\r' ? c : ' ';
	if (c < 0xA0)
		return c == 0x85 ? '\n' : quoth_windows_1252(c);
	if (is_in_clean_block(c))
		return c;
	if ((c >= 0x2000 && c <= 0x200A) || c == 0xA0 || c == 0x1680 || c == 0x202F || c == 0x205F || c == 0x3000)
		return ' ';
	if (c == 0x2028)
		return '\n';
	if (c == 0x200C || c == 0x200D)
		return follows_ascii ? DROPPED : c;
	if (c == 0xAD || c == 0x061C || c == 0x180E || c == 0x200B || c == 0x200E || c == 0x200F ||
	    (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB))
		return DROPPED;
	return c;
}

/* ---- reading ---- */

struct normaliser {
	struct quoth_document *doc;
	const unsigned char *input, *end;
	const unsigned char *copied;	/* input before this is in out */
	unsigned char *out;		/* NULL while nothing has changed */
	uint32_t size, capacity;	/* of out */
	uint32_t offset_capacity;
	utf8proc_int32_t *points;	/* a stretch that changes, as code points */
	size_t n_points, point_capacity;
	utf8proc_int32_t *sorted;	/* scratch of order_marks, as long as points */
};

/* The character at p and its length; U+FFFD for bytes that are not UTF-8, as many as could have begun one character. */
static uint32_t read_utf8(const unsigned char *p, const unsigned char *end, unsigned *length, bool *is_valid)
{
	unsigned char lead = *p, low = 0x80, high = 0xBF;
	unsigned n = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;

	*is_valid = false;
	*length = 1;
	if (n == 0)
		return 0xFFFD;
	if (lead == 0xE0)
		low = 0xA0;	/* over-long */
	if (lead == 0xED)
		high = 0x9F;	/* surrogates */
	if (lead == 0xF0)
		low = 0x90;
	if (lead == 0xF4)
		high = 0x8F;
	for (; *length < n; ++*length) {
		if (p + *length >= end || p[*length] < low || p[*length] > high)
			return 0xFFFD;
		low = 0x80;
		high = 0xBF;
	}
	*is_valid = true;
	return quoth_utf8_decode(p, length);
}

/* Reads one unit of input, an entity or a character; gives what stands for it in the text. */
static uint32_t read_unit(struct normaliser *n, const unsigned char *p, size_t *length)
{
	bool is_valid, follows_ascii = p > n->input && p[-1] < 0x80;
	unsigned utf8_length;
	uint32_t c;

	if (*p == '&') {
		c = quoth_entity_decode(p, (size_t)(n->end - p), length);
		if (*length)
			return map_character(c, follows_ascii);
		*length = 1;
		return '&';
	}
	*length = quoth_misread_decode(p, n->end, &c);
	if (*length)
		return map_character(c, follows_ascii);
	c = read_utf8(p, n->end, &utf8_length, &is_valid);
	*length = utf8_length;
	if (!is_valid)
		n->doc->n_invalid += utf8_length;
	return map_character(c, follows_ascii);
}

/* ---- a stretch that changes ---- */

static bool reserve_points(struct normaliser *n, size_t more)
{
	size_t capacity = n->point_capacity ? n->point_capacity : 64;
	void *grown;

	if (n->n_points + more <= n->point_capacity)
		return true;
	while (capacity < n->n_points + more)
		capacity *= 2;
	grown = quoth_arena_grow(n->doc->arena, n->points, n->n_points * sizeof *n->points, capacity * sizeof *n->points);
	n->sorted = quoth_arena_array(n->doc->arena, capacity, sizeof *n->sorted);
	if (!grown || !n->sorted)
		return false;
	n->points = grown;
	n->point_capacity = capacity;
	return true;
}

/* Appends the canonical decomposition of c. */
static bool add_point(struct normaliser *n, uint32_t c)
{
	enum { MAX_DECOMPOSITION = 8 };
	utf8proc_ssize_t length;
	int boundary = 0;

	if (!reserve_points(n, MAX_DECOMPOSITION))
		return false;
	if (c == PARAGRAPH_BREAK) {
		n->points[n->n_points++] = '\n';
		n->points[n->n_points++] = '\n';
		return true;
	}
	length = utf8proc_decompose_char((utf8proc_int32_t)c, n->points + n->n_points, MAX_DECOMPOSITION,
					 UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
	if (length > 0 && length <= MAX_DECOMPOSITION) {
		n->n_points += (size_t)length;
	} else {
		n->points[n->n_points++] = 0xFFFD;
	}
	return true;
}

static unsigned combining_class(utf8proc_int32_t c)
{
	return utf8proc_get_property(c)->combining_class;
}

/* Sorts a long run of marks by their class, equal ones left in order. */
static void order_long_run(utf8proc_int32_t *points, utf8proc_int32_t *sorted, size_t length)
{
	size_t places[256] = {0}, place = 0;

	for (size_t i = 0; i < length; i++)
		places[combining_class(points[i])]++;
	for (unsigned class = 0; class < 256; class++) {
		size_t count = places[class];

		places[class] = place;
		place += count;
	}
	for (size_t i = 0; i < length; i++)
		sorted[places[combining_class(points[i])]++] = points[i];
	memcpy(points, sorted, length * sizeof *points);
}

static void order_short_run(utf8proc_int32_t *points, size_t length)
{
	for (size_t i = 1; i < length; i++) {
		utf8proc_int32_t c = points[i];
		size_t k = i;

		for (; k > 0 && combining_class(points[k - 1]) > combining_class(c); k--)
			points[k] = points[k - 1];
		points[k] = c;
	}
}

/* Canonical ordering (UAX #15, D109). */
static void order_marks(struct normaliser *n)
{
	enum { SHORT_RUN = 16 };

	for (size_t begin = 0; begin < n->n_points; begin++) {
		size_t end = begin;

		while (end < n->n_points && combining_class(n->points[end]) != 0)
			end++;
		if (end - begin > SHORT_RUN)
			order_long_run(n->points + begin, n->sorted, end - begin);
		else if (end - begin > 1)
			order_short_run(n->points + begin, end - begin);
		if (end > begin)
			begin = end - 1;
	}
}

static bool reserve_bytes(struct normaliser *n, size_t more)
{
	size_t capacity = n->capacity;
	void *grown;

	if (n->out && n->size + more <= n->capacity)
		return true;
	if (!n->out)
		capacity = (size_t)(n->end - n->input) + (size_t)(n->end - n->input) / 8 + 64;
	while (capacity < n->size + more)
		capacity *= 2;
	grown = quoth_arena_grow(n->doc->arena, n->out, n->size, capacity);
	if (!grown)
		return false;
	n->out = grown;
	n->capacity = (uint32_t)capacity;
	return true;
}

static bool copy_bytes(struct normaliser *n, const void *bytes, size_t length)
{
	if (!reserve_bytes(n, length))
		return false;
	memcpy(n->out + n->size, bytes, length);
	n->size += (uint32_t)length;
	return true;
}

static bool add_offset(struct normaliser *n, const unsigned char *input)
{
	struct quoth_document *doc = n->doc;

	if (doc->n_offsets == n->offset_capacity) {
		uint32_t capacity = n->offset_capacity ? n->offset_capacity * 2 : 64;
		void *grown = quoth_arena_grow(doc->arena, doc->offsets, doc->n_offsets * sizeof *doc->offsets,
					       capacity * sizeof *doc->offsets);

		if (!grown)
			return false;
		doc->offsets = grown;
		n->offset_capacity = capacity;
	}
	doc->offsets[doc->n_offsets++] = (struct quoth_offset){n->size, (uint32_t)(input - n->input)};
	return true;
}

static size_t encode_points(const struct normaliser *n, unsigned char *bytes)
{
	size_t size = 0;

	for (size_t i = 0; i < n->n_points; i++)
		size += (size_t)utf8proc_encode_char(n->points[i], bytes + size);
	return size;
}

/* Replaces the input [begin, end) by the points; nothing where they are the same. */
static bool replace(struct normaliser *n, const unsigned char *begin, const unsigned char *end)
{
	uint32_t clean = (uint32_t)(begin - n->copied);
	size_t size;

	if (!reserve_bytes(n, clean + 4 * n->n_points))
		return false;
	size = encode_points(n, n->out + n->size + clean);
	if (size == (size_t)(end - begin) && memcmp(n->out + n->size + clean, begin, size) == 0)
		return true;
	memcpy(n->out + n->size, n->copied, clean);
	n->size += clean;
	if (!add_offset(n, begin))
		return false;
	n->size += (uint32_t)size;
	n->copied = end;
	return add_offset(n, end);
}

/* Handles the stretch that begins with the unclean unit at p: that unit and all that follow as long as they vanish or may
 * combine, so that what comes after begins a sequence of its own. Its end, NULL without memory. */
static const unsigned char *change_stretch(struct normaliser *n, const unsigned char *p)
{
	const unsigned char *begin;
	bool composes = false, first = true;
	uint32_t misread;

	/* a decomposed "Ã" begins with a clean byte */
	if (p > n->copied && *p == 0xCC && quoth_misread_decode(p - 1, n->end, &misread))
		p--;
	begin = p;
	n->n_points = 0;
	while (p < n->end) {
		uint32_t n_invalid = n->doc->n_invalid, c;
		size_t length;

		if (!first && is_clean_byte[*p])
			break;
		c = read_unit(n, p, &length);
		if (!first && c != DROPPED && !attaches(c)) {
			n->doc->n_invalid = n_invalid;
			break;
		}
		/* A combining character first of all belongs to the clean one before it. */
		if (c != DROPPED && n->n_points == 0 && attaches(c) && begin > n->copied) {
			unsigned base_length;
			const unsigned char *base = begin;

			do
				base--;
			while (base > n->copied && (*base & 0xC0) == 0x80);
			if (!add_point(n, quoth_utf8_decode(base, &base_length)))
				return NULL;
			begin = base;
		}
		if (c != DROPPED) {
			size_t n_before = n->n_points;

			if (!add_point(n, c))
				return NULL;
			composes |= n->n_points - n_before > 1 || n->points[n_before] != (utf8proc_int32_t)c || attaches(c);
		}
		p += length;
		first = false;
	}
	if (composes) {
		utf8proc_ssize_t length;

		order_marks(n);
		length = utf8proc_normalize_utf32(n->points, (utf8proc_ssize_t)n->n_points,
						  UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		if (length >= 0)
			n->n_points = (size_t)length;
	}
	return replace(n, begin, p) ? p : NULL;
}

/* ---- the text ---- */

static const unsigned char *skip_clean(const unsigned char *p, const unsigned char *end)
{
	for (;;) {
		unsigned length;
		bool is_valid;

		while (end - p >= 4 && is_clean_byte[p[0]] && is_clean_byte[p[1]] && is_clean_byte[p[2]] &&
		       is_clean_byte[p[3]])
			p += 4;
		while (p < end && is_clean_byte[*p])
			p++;
		if (p >= end || *p < 0x80)
			return p;
		if (!is_in_clean_block(read_utf8(p, end, &length, &is_valid)) || !is_valid)
			return p;
		p += length;
	}
}

static bool normalise_all(struct normaliser *n)
{
	const unsigned char *p = n->input;

	while ((p = skip_clean(p, n->end)) < n->end) {
		p = change_stretch(n, p);
		if (!p)
			return false;
	}
	return n->copied == n->input || copy_bytes(n, n->copied, (size_t)(n->end - n->copied));
}

int quoth_normalise(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct normaliser n = {.doc = doc, .input = (const unsigned char *)doc->input};

	(void)res;
	doc->text = NULL;
	doc->text_size = 0;
	doc->offsets = NULL;
	doc->n_offsets = doc->n_invalid = 0;
	if (doc->input_size > QUOTH_MAX_DOCUMENT_BYTES)
		return QUOTH_TOO_LARGE;
	doc->text = "";
	if (doc->input_size == 0)
		return 0;
	n.end = n.input + doc->input_size;
	n.copied = n.input;
	if (!normalise_all(&n)) {
		doc->offsets = NULL;
		doc->n_offsets = doc->n_invalid = 0;
		return QUOTH_NO_MEMORY;
	}
	if (n.copied == n.input) {
		doc->text = doc->input;
		doc->text_size = doc->input_size;
	} else {
		doc->text = (const char *)n.out;
		doc->text_size = n.size;
	}
	return 0;
}
