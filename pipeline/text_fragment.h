/* text_fragment: links that open an article on a statement.
 *
 * A link is the article's address with a text directive for each part of the statement (WICG, "URL Fragment Text
 * Directives"): #:~:text=[prefix-,]start[,end][,-suffix]. A browser scrolls to the first place of the page that fits and marks it.
 *
 * Method  A part of up to ten words on one line is given whole, a longer one by its first and its last words; each term stands on
 *         one line, since browsers find none that goes over two blocks. So that the first place that fits is the statement's, a term
 *         holds four words in a row that stand nowhere before it, with words before and after it for context where its own do not
 *         do; that of the last words, four that do not stand between the first ones and them. Terms begin and end where
 *         words surely do (UAX #29), as browsers ask.
 * Cost    one pass over the text for the first link of a document; a link looks at some dozens of words.
 */
#ifndef QUOTH_TEXT_FRAGMENT_H
#define QUOTH_TEXT_FRAGMENT_H

#include "pipeline/buffer.h"
#include "pipeline/linked_words.h"
#include "pipeline/rows.h"

/* Appends the link of a row to an address that a browser opens (web_address.h): ASCII without white space, quotation marks
 * and backslashes. A part that cannot be told from an earlier place has no directive; where none has one the link is
 * the address alone. */
void quoth_link_put(struct quoth_buffer *into, const char *address, const struct quoth_linked_words *words,
		    const struct quoth_row *row);

#endif
