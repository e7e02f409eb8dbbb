#include "pipeline/json.h"

#include <utf8proc.h>

enum { MAX_NESTING = 64 };

static const char ends_early[] = "it ends too early";
static const char after_value[] = "a comma or the end of the object or array is expected";

/* ---- words of the grammar ---- */

bool quoth_json_fail(struct quoth_json *json, size_t at, const char *wrong)
{
	if (json->wrong)
		return false;
	json->at = at;
	json->wrong = at < json->size ? wrong : ends_early;
	return false;
}

static inline const char *pass_space(const char *s)
{
	while (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
		s++;
	return s;
}

static bool fail_at(struct quoth_json *json, const char *s, const char *wrong)
{
	return quoth_json_fail(json, (size_t)(s - json->bytes), wrong);
}

static inline int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* s: behind \u. The four digits' value, -1 if they are none. */
static int32_t hex_value(const char *s)
{
	int32_t value = 0;

	for (int i = 0; i < 4; i++) {
		if (hex_digit(s[i]) < 0)
			return -1;
		value = value << 4 | hex_digit(s[i]);
	}
	return value;
}

/* Whether a byte can stand in a string as it is: all but controls, the mark and the backslash. */
static inline bool is_plain(char c)
{
	return (unsigned char)c >= ' ' && c != '"' && c != '\\';
}

/* s: at an opening mark. Behind the closing one, NULL with the error set. */
static inline const char *pass_string(struct quoth_json *json, const char *s, bool *has_escapes)
{
	*has_escapes = false;
	for (s++; *s != '"'; s++) {
		if (is_plain(*s))
			continue;
		if (*s != '\\') {
			fail_at(json, s, "a string has a control character");
			return NULL;
		}
		*has_escapes = true;
		s++;
		if (!*s || !strchr("\"\\/bfnrtu", *s) || (*s == 'u' && hex_value(s + 1) < 0)) {
			fail_at(json, s, "a string has an unknown escape");
			return NULL;
		}
	}
	return s + 1;
}

static inline const char *pass_digits(const char *s)
{
	while (*s >= '0' && *s <= '9')
		s++;
	return s;
}

static const char *pass_number(struct quoth_json *json, const char *s)
{
	const char *start = s, *digits;

	s += *s == '-';
	digits = s;
	s = *s == '0' ? s + 1 : pass_digits(s);
	if (s > digits && *s == '.') {
		digits = s + 1;
		s = pass_digits(digits);
	}
	if (s > digits && (*s | 0x20) == 'e') {
		digits = s + 1 + (s[1] == '+' || s[1] == '-');
		s = pass_digits(digits);
	}
	if (s > digits)
		return s;
	fail_at(json, *s ? start : s, "a number is broken");
	return NULL;
}

static const char *pass_literal(struct quoth_json *json, const char *s)
{
	const char *word = *s == 't' ? "true" : *s == 'f' ? "false" : "null";

	for (; *word; word++, s++)
		if (*s != *word) {
			fail_at(json, s, "a value is expected");
			return NULL;
		}
	return s;
}

/* Anything but objects and arrays. */
static inline const char *pass_scalar(struct quoth_json *json, const char *s)
{
	bool has_escapes;

	if (*s == '"')
		return pass_string(json, s, &has_escapes);
	if (*s == '-' || (*s >= '0' && *s <= '9'))
		return pass_number(json, s);
	if (*s == 't' || *s == 'f' || *s == 'n')
		return pass_literal(json, s);
	fail_at(json, s, "a value is expected");
	return NULL;
}

/* The name of a member and its colon. */
static inline const char *pass_name(struct quoth_json *json, const char *s, struct quoth_json_string *name)
{
	const char *end;
	bool has_escapes;

	s = pass_space(s);
	if (*s != '"') {
		fail_at(json, s, "a name in quotation marks is expected");
		return NULL;
	}
	end = pass_string(json, s, &has_escapes);
	if (!end)
		return NULL;
	*name = (struct quoth_json_string){s + 1, (size_t)(end - s) - 2, has_escapes};
	s = pass_space(end);
	if (*s == ':')
		return pass_space(s + 1);
	fail_at(json, s, "a colon is expected");
	return NULL;
}

/* ---- walking ---- */

char quoth_json_peek(struct quoth_json *json)
{
	const char *s = pass_space(json->bytes + json->at);

	if (json->wrong)
		return '\0';
	json->at = (size_t)(s - json->bytes);
	return *s;
}

bool quoth_json_open(struct quoth_json *json, char bracket)
{
	if (quoth_json_peek(json) != bracket)
		return quoth_json_fail(json, json->at, bracket == '{' ? "an object is expected" : "an array is expected");
	json->at++;
	json->is_first = true;
	return true;
}

/* Passes the comma before a member or element; false behind the last. */
static bool has_next(struct quoth_json *json, char bracket)
{
	bool is_first = json->is_first;
	char c = quoth_json_peek(json);

	json->is_first = false;
	if (json->wrong)
		return false;
	if (c == bracket) {
		json->at++;
		return false;
	}
	if (is_first)
		return true;
	if (c != ',')
		return quoth_json_fail(json, json->at, after_value);
	json->at++;
	return true;
}

bool quoth_json_member(struct quoth_json *json, struct quoth_json_string *name)
{
	const char *s;

	if (!has_next(json, '}'))
		return false;
	s = pass_name(json, json->bytes + json->at, name);
	if (s)
		json->at = (size_t)(s - json->bytes);
	return s != NULL;
}

bool quoth_json_element(struct quoth_json *json)
{
	return has_next(json, ']');
}

bool quoth_json_text(struct quoth_json *json, struct quoth_json_string *string)
{
	const char *start, *end;
	bool has_escapes;

	if (quoth_json_peek(json) != '"')
		return quoth_json_fail(json, json->at, "a string is expected");
	start = json->bytes + json->at;
	end = pass_string(json, start, &has_escapes);
	if (!end)
		return false;
	*string = (struct quoth_json_string){start + 1, (size_t)(end - start) - 2, has_escapes};
	json->at = (size_t)(end - json->bytes);
	return true;
}

bool quoth_json_skip(struct quoth_json *json)
{
	const char *s = pass_space(json->bytes + json->at);
	struct quoth_json_string name;
	uint64_t objects = 0;	/* a bit for each open value, the innermost lowest: is it an object? */
	unsigned depth = 0;

	while (!json->wrong) {
		if (*s == '{' || *s == '[') {
			if (depth++ == MAX_NESTING)
				return fail_at(json, s, "it is nested too deeply");
			objects = objects << 1 | (*s == '{');
			s = pass_space(s + 1);
			if (*s != (objects & 1 ? '}' : ']')) {
				if (objects & 1 && !(s = pass_name(json, s, &name)))
					return false;
				continue;
			}
		} else if (!(s = pass_scalar(json, s))) {
			return false;
		}
		for (s = pass_space(s); depth && *s == (objects & 1 ? '}' : ']'); s = pass_space(s + 1)) {
			objects >>= 1;
			depth--;
		}
		if (!depth) {
			json->at = (size_t)(s - json->bytes);
			return true;
		}
		if (*s != ',')
			return fail_at(json, s, after_value);
		s++;
		if (!(s = objects & 1 ? pass_name(json, s, &name) : pass_space(s)))
			return false;
	}
	return false;
}

/* ---- strings ---- */

/* s: behind the backslash of an escape that was passed over before, so that it is a right one. *code_point is 0 for a
 * NUL and for half a surrogate pair. Behind the escape. */
static const char *decode_escape(const char *s, const char *end, uint32_t *code_point)
{
	static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
	const char *letter = strchr(letters, *s);
	uint32_t low;

	*code_point = letter ? (unsigned char)controls[letter - letters] : (unsigned char)*s;
	if (*s++ != 'u')
		return s;
	*code_point = (uint32_t)hex_value(s);
	s += 4;
	if (*code_point < 0xD800 || *code_point > 0xDFFF)
		return s;
	low = *code_point < 0xDC00 && end - s >= 6 && s[0] == '\\' && s[1] == 'u' ? (uint32_t)hex_value(s + 2) : 0;
	if (low < 0xDC00 || low > 0xDFFF) {
		*code_point = 0;
		return s;
	}
	*code_point = 0x10000 + ((*code_point - 0xD800) << 10 | (low - 0xDC00));
	return s + 6;
}

bool quoth_json_decode(const struct quoth_json_string *string, struct quoth_buffer *into)
{
	const char *s = string->bytes, *end = s + string->size, *start;
	utf8proc_uint8_t bytes[4];
	uint32_t code_point;
	size_t n;

	for (;;) {
		for (start = s; s < end && *s != '\\' && *s && (n = quoth_character_length(s, (size_t)(end - s)));)
			s += n;
		quoth_buffer_put(into, start, (size_t)(s - start));
		if (s == end || *s != '\\')
			return s == end;
		s = decode_escape(s + 1, end, &code_point);
		if (!code_point)
			return false;
		quoth_buffer_put(into, (char *)bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, bytes));
	}
}

static bool is_written_with_escapes(const struct quoth_json_string *string, const char *word)
{
	const char *s = string->bytes, *end = s + string->size;

	for (; s < end && *word; word++) {
		uint32_t code_point = (unsigned char)*s++;

		if (code_point == '\\')
			s = decode_escape(s, end, &code_point);
		if (code_point != (unsigned char)*word)
			return false;
	}
	return s == end && !*word;
}

bool quoth_json_is(const struct quoth_json_string *string, const char *word)
{
	if (string->has_escapes)
		return is_written_with_escapes(string, word);
	return strlen(word) == string->size && !memcmp(string->bytes, word, string->size);
}
