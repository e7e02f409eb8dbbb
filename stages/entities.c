#include "stages/entities.h"

#include <stdbool.h>
#include <string.h>

enum { MAX_NAME_BYTES = 8, MAX_DIGITS = 7 };

/* Sorted by name. The names of HTML 4 for Latin-1 and punctuation, which is what newsrooms' systems leave behind. */
static const struct {
	char name[MAX_NAME_BYTES + 1];
	uint16_t code_point;
} entities[] = {
	{"AElig", 0xC6}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Aring", 0xC5}, {"Atilde", 0xC3},
	{"Auml", 0xC4}, {"Ccedil", 0xC7}, {"Dagger", 0x2021}, {"ETH", 0xD0}, {"Eacute", 0xC9}, {"Ecirc", 0xCA},
	{"Egrave", 0xC8}, {"Euml", 0xCB}, {"Iacute", 0xCD}, {"Icirc", 0xCE}, {"Igrave", 0xCC}, {"Iuml", 0xCF},
	{"Ntilde", 0xD1}, {"OElig", 0x152}, {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ograve", 0xD2}, {"Oslash", 0xD8},
	{"Otilde", 0xD5}, {"Ouml", 0xD6}, {"Prime", 0x2033}, {"Scaron", 0x160}, {"THORN", 0xDE}, {"Uacute", 0xDA},
	{"Ucirc", 0xDB}, {"Ugrave", 0xD9}, {"Uuml", 0xDC}, {"Yacute", 0xDD}, {"Yuml", 0x178}, {"aacute", 0xE1},
	{"acirc", 0xE2}, {"acute", 0xB4}, {"aelig", 0xE6}, {"agrave", 0xE0}, {"amp", '&'}, {"apos", '\''},
	{"aring", 0xE5}, {"atilde", 0xE3}, {"auml", 0xE4}, {"bdquo", 0x201E}, {"brvbar", 0xA6}, {"bull", 0x2022},
	{"ccedil", 0xE7}, {"cedil", 0xB8}, {"cent", 0xA2}, {"circ", 0x2C6}, {"colon", ':'}, {"comma", ','},
	{"commat", '@'}, {"copy", 0xA9}, {"curren", 0xA4}, {"dagger", 0x2020}, {"dash", 0x2010}, {"deg", 0xB0},
	{"divide", 0xF7}, {"dollar", '$'}, {"eacute", 0xE9}, {"ecirc", 0xEA}, {"egrave", 0xE8}, {"emsp", 0x2003},
	{"ensp", 0x2002}, {"eth", 0xF0}, {"euml", 0xEB}, {"euro", 0x20AC}, {"excl", '!'}, {"fnof", 0x192},
	{"frac12", 0xBD}, {"frac14", 0xBC}, {"frac34", 0xBE}, {"frasl", 0x2044}, {"gt", '>'}, {"hellip", 0x2026},
	{"horbar", 0x2015}, {"iacute", 0xED}, {"icirc", 0xEE}, {"iexcl", 0xA1}, {"igrave", 0xEC}, {"iquest", 0xBF},
	{"iuml", 0xEF}, {"laquo", 0xAB}, {"lbrack", '['}, {"ldquo", 0x201C}, {"ldquor", 0x201E}, {"lowbar", '_'},
	{"lpar", '('}, {"lrm", 0x200E}, {"lsaquo", 0x2039}, {"lsqb", '['}, {"lsquo", 0x2018}, {"lsquor", 0x201A},
	{"lt", '<'}, {"macr", 0xAF}, {"mdash", 0x2014}, {"micro", 0xB5}, {"middot", 0xB7}, {"minus", 0x2212},
	{"nbsp", 0xA0}, {"ndash", 0x2013}, {"not", 0xAC}, {"ntilde", 0xF1}, {"num", '#'}, {"oacute", 0xF3},
	{"ocirc", 0xF4}, {"oelig", 0x153}, {"ograve", 0xF2}, {"oline", 0x203E}, {"ordf", 0xAA}, {"ordm", 0xBA},
	{"oslash", 0xF8}, {"otilde", 0xF5}, {"ouml", 0xF6}, {"para", 0xB6}, {"percnt", '%'}, {"period", '.'},
	{"permil", 0x2030}, {"plus", '+'}, {"plusmn", 0xB1}, {"pound", 0xA3}, {"prime", 0x2032}, {"quest", '?'},
	{"quot", '"'}, {"raquo", 0xBB}, {"rdquo", 0x201D}, {"rdquor", 0x201D}, {"reg", 0xAE}, {"rlm", 0x200F},
	{"rpar", ')'}, {"rsaquo", 0x203A}, {"rsqb", ']'}, {"rsquo", 0x2019}, {"rsquor", 0x2019}, {"sbquo", 0x201A},
	{"scaron", 0x161}, {"sect", 0xA7}, {"semi", ';'}, {"shy", 0xAD}, {"sol", '/'}, {"sup1", 0xB9}, {"sup2", 0xB2},
	{"sup3", 0xB3}, {"szlig", 0xDF}, {"thinsp", 0x2009}, {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7},
	{"trade", 0x2122}, {"uacute", 0xFA}, {"ucirc", 0xFB}, {"ugrave", 0xF9}, {"uml", 0xA8}, {"uuml", 0xFC},
	{"verbar", '|'}, {"yacute", 0xFD}, {"yen", 0xA5}, {"yuml", 0xFF}, {"zwj", 0x200D}, {"zwnj", 0x200C},
};

static const uint16_t windows_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

uint32_t quoth_windows_1252(unsigned byte)
{
	return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : 0;
}

/* "name;" at text: the character, 0 if there is none. */
static uint32_t decode_name(const unsigned char *text, size_t size, size_t *length)
{
	size_t low = 0, high = sizeof entities / sizeof *entities, n = 0;
	char name[MAX_NAME_BYTES + 1] = "";

	while (n < size && n < MAX_NAME_BYTES && text[n] != ';') {
		name[n] = (char)text[n];
		n++;
	}
	if (n == 0 || n >= size || text[n] != ';')
		return 0;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(entities[middle].name, name);

		if (order == 0) {
			*length = n + 1;
			return entities[middle].code_point;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

static int digit_value(unsigned char c, bool is_hex)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "#123;" or "#x7B;" at text: the character, 0 if there is none. */
static uint32_t decode_number(const unsigned char *text, size_t size, size_t *length)
{
	bool is_hex = size > 1 && (text[1] | 0x20) == 'x';
	size_t begin = is_hex ? 2 : 1, n = begin;
	uint32_t value = 0;
	int digit;

	while (n < size && n - begin < MAX_DIGITS && (digit = digit_value(text[n], is_hex)) >= 0) {
		value = value * (is_hex ? 16 : 10) + (uint32_t)digit;
		n++;
	}
	if (n == begin || n >= size || text[n] != ';')
		return 0;
	*length = n + 1;
	if (quoth_windows_1252(value))
		return quoth_windows_1252(value);
	if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
		return 0xFFFD;
	return value;
}

uint32_t quoth_entity_decode(const unsigned char *text, size_t size, size_t *length)
{
	size_t begin = 1, n = 0;
	uint32_t code_point;
	bool is_escaped = false;

	while (size - begin >= 4 && memcmp(text + begin, "amp;", 4) == 0) {
		is_escaped = true;
		begin += 4;
	}
	code_point = begin < size && text[begin] == '#' ? decode_number(text + begin, size - begin, &n)
							 : decode_name(text + begin, size - begin, &n);
	if (!code_point && is_escaped)
		code_point = '&';
	*length = code_point ? begin + n : 0;
	return code_point;
}
