#include "stages/characters.h"

#include <stddef.h>
#include <utf8proc.h>

const uint8_t quoth_byte_classes[256] = {
	['\t'] = QUOTH_CHAR_SPACE, ['\v'] = QUOTH_CHAR_SPACE, ['\f'] = QUOTH_CHAR_SPACE, [' '] = QUOTH_CHAR_SPACE,
	['\n'] = QUOTH_CHAR_BREAK, ['\r'] = QUOTH_CHAR_BREAK,
	['a' ... 'z'] = QUOTH_CHAR_LOWER,
	['A' ... 'Z'] = QUOTH_CHAR_UPPER,
	['0' ... '9'] = QUOTH_CHAR_DIGIT,
	['\''] = QUOTH_CHAR_JOINER, ['-'] = QUOTH_CHAR_JOINER, ['.'] = QUOTH_CHAR_JOINER, [','] = QUOTH_CHAR_JOINER,
	[':'] = QUOTH_CHAR_JOINER, ['/'] = QUOTH_CHAR_JOINER, ['&'] = QUOTH_CHAR_JOINER, ['_'] = QUOTH_CHAR_JOINER,
	['*'] = QUOTH_CHAR_JOINER, ['@'] = QUOTH_CHAR_JOINER,
	[0x80 ... 0xFF] = QUOTH_CHAR_HIGH,
};

static enum quoth_character class_of_category(uint32_t code_point)
{
	switch (utf8proc_category((utf8proc_int32_t)code_point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return QUOTH_CHAR_UPPER;
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_NL:
		return QUOTH_CHAR_LOWER;
	case UTF8PROC_CATEGORY_ND:
		return QUOTH_CHAR_DIGIT;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return QUOTH_CHAR_ACCENT;
	case UTF8PROC_CATEGORY_ZS:
		return QUOTH_CHAR_SPACE;
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return QUOTH_CHAR_BREAK;
	default:
		return QUOTH_CHAR_OTHER;
	}
}

enum quoth_character quoth_character_class(uint32_t code_point)
{
	if (code_point < 0x80)
		return quoth_byte_classes[code_point];
	if (code_point >= 0x2000 && code_point < 0x2070)
		switch (code_point) {
		case 0x2010:	/* hyphen */
		case 0x2011:	/* non-breaking hyphen */
		case 0x2018:	/* quotation marks that also write apostrophes */
		case 0x2019:
			return QUOTH_CHAR_JOINER;
		}
	if (code_point == 0x02BC)	/* modifier letter apostrophe */
		return QUOTH_CHAR_JOINER;
	return class_of_category(code_point);
}

static const struct {
	uint16_t code_point;
	uint8_t mark;
} marks[] = {
	{'!', QUOTH_EXCLAMATION}, {'"', QUOTH_STRAIGHT_DOUBLE}, {'\'', QUOTH_STRAIGHT_SINGLE},
	{'(', QUOTH_OPEN_BRACKET}, {')', QUOTH_CLOSE_BRACKET}, {',', QUOTH_COMMA}, {'-', QUOTH_HYPHEN},
	{'.', QUOTH_STOP}, {'/', QUOTH_SLASH}, {':', QUOTH_COLON}, {';', QUOTH_SEMICOLON}, {'?', QUOTH_QUESTION},
	{'[', QUOTH_OPEN_BRACKET}, {'\\', QUOTH_SLASH}, {']', QUOTH_CLOSE_BRACKET}, {'`', QUOTH_OPEN_SINGLE},
	{'{', QUOTH_OPEN_BRACKET}, {'}', QUOTH_CLOSE_BRACKET},
	{0x00A1, QUOTH_OTHER_MARK}, {0x00AB, QUOTH_LEFT_GUILLEMET}, {0x00B4, QUOTH_CLOSE_SINGLE},
	{0x00B7, QUOTH_BULLET}, {0x00BB, QUOTH_RIGHT_GUILLEMET}, {0x00BF, QUOTH_OTHER_MARK},
	{0x02BC, QUOTH_CLOSE_SINGLE},
	{0x2010, QUOTH_HYPHEN}, {0x2011, QUOTH_HYPHEN}, {0x2012, QUOTH_DASH}, {0x2013, QUOTH_DASH},
	{0x2014, QUOTH_DASH}, {0x2015, QUOTH_DASH},
	{0x2018, QUOTH_OPEN_SINGLE}, {0x2019, QUOTH_CLOSE_SINGLE}, {0x201A, QUOTH_LOW_SINGLE},
	{0x201B, QUOTH_OPEN_SINGLE}, {0x201C, QUOTH_OPEN_DOUBLE}, {0x201D, QUOTH_CLOSE_DOUBLE},
	{0x201E, QUOTH_LOW_DOUBLE}, {0x201F, QUOTH_OPEN_DOUBLE}, {0x2020, QUOTH_OTHER_MARK},
	{0x2021, QUOTH_OTHER_MARK}, {0x2022, QUOTH_BULLET}, {0x2023, QUOTH_BULLET}, {0x2026, QUOTH_ELLIPSIS},
	{0x2032, QUOTH_PRIME}, {0x2033, QUOTH_PRIME}, {0x2034, QUOTH_PRIME}, {0x2035, QUOTH_PRIME},
	{0x2036, QUOTH_PRIME}, {0x2037, QUOTH_PRIME}, {0x2039, QUOTH_LEFT_ANGLE}, {0x203A, QUOTH_RIGHT_ANGLE},
	{0x2043, QUOTH_BULLET}, {0x2044, QUOTH_SLASH}, {0x2212, QUOTH_DASH}, {0x25A0, QUOTH_BULLET},
	{0x25AA, QUOTH_BULLET}, {0x25CF, QUOTH_BULLET}, {0x25E6, QUOTH_BULLET}, {0x2E42, QUOTH_LOW_DOUBLE},
	{0x3001, QUOTH_COMMA}, {0x3002, QUOTH_STOP}, {0x3008, QUOTH_LEFT_ANGLE}, {0x3009, QUOTH_RIGHT_ANGLE},
	{0x300A, QUOTH_LEFT_GUILLEMET}, {0x300B, QUOTH_RIGHT_GUILLEMET}, {0x300C, QUOTH_LEFT_CORNER},
	{0x300D, QUOTH_RIGHT_CORNER}, {0x300E, QUOTH_LEFT_CORNER}, {0x300F, QUOTH_RIGHT_CORNER},
	{0x301D, QUOTH_PRIME}, {0x301E, QUOTH_PRIME}, {0x301F, QUOTH_PRIME}, {0xFF01, QUOTH_EXCLAMATION},
	{0xFF02, QUOTH_STRAIGHT_DOUBLE}, {0xFF07, QUOTH_STRAIGHT_SINGLE}, {0xFF08, QUOTH_OPEN_BRACKET},
	{0xFF09, QUOTH_CLOSE_BRACKET}, {0xFF0C, QUOTH_COMMA}, {0xFF0E, QUOTH_STOP}, {0xFF1A, QUOTH_COLON},
	{0xFF1B, QUOTH_SEMICOLON}, {0xFF1F, QUOTH_QUESTION}, {0xFF62, QUOTH_LEFT_CORNER},
	{0xFF63, QUOTH_RIGHT_CORNER},
};

enum quoth_mark quoth_character_mark(uint32_t code_point)
{
	size_t low = 0, high = sizeof marks / sizeof *marks;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (marks[middle].code_point < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < sizeof marks / sizeof *marks && marks[low].code_point == code_point)
		return marks[low].mark;
	switch (utf8proc_category((utf8proc_int32_t)code_point)) {
	case UTF8PROC_CATEGORY_PD:
		return QUOTH_DASH;
	case UTF8PROC_CATEGORY_PS:
		return QUOTH_OPEN_BRACKET;
	case UTF8PROC_CATEGORY_PE:
		return QUOTH_CLOSE_BRACKET;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PO:
		return code_point < 0x80 ? QUOTH_NO_MARK : QUOTH_OTHER_MARK;
	default:
		return QUOTH_NO_MARK;
	}
}
