/* form: what a word's form says by itself: hash, kind, mark, shape, flags.
 *
 * segment describes the tokens that it cuts, the trainer those that annotated data brings along; both by this function,
 * so that a model meets in the program what it met in training.
 */
#ifndef QUOTH_FORM_H
#define QUOTH_FORM_H

#include <stddef.h>
#include <stdint.h>

struct quoth_form {
	uint32_t hash;	/* quoth_form_hash of the lower-cased form, with U+2019 read as an apostrophe */
	uint8_t kind;	/* enum quoth_token_kind */
	uint8_t mark;	/* enum quoth_mark, by the glyph alone: an apostrophe by itself is QUOTH_STRAIGHT_SINGLE */
	uint8_t shape;	/* enum quoth_shape */
	uint8_t flags;	/* of enum quoth_token_flag: QUOTH_HAS_DIGIT, QUOTH_HAS_HYPHEN, QUOTH_IS_ABBREVIATION, QUOTH_IS_HANDLE */
};

/* text: length bytes of UTF-8 in NFC, one token; bytes that are not UTF-8 count as symbols. One pass. */
void quoth_form_describe(const char *text, size_t length, struct quoth_form *form);

#endif
