/* suites: every Check suite, one a file; the runners go through these lists. */
#ifndef QUOTH_TEST_SUITES_H
#define QUOTH_TEST_SUITES_H

#include <check.h>

/* As ck_assert, for what is asserted of each token or character: Check notes each assertion of its own in a file, which takes many times as
 * long as what is tested. */
#define assert_each(condition) ((condition) ? (void)0 : ck_abort_msg("not so: %s", #condition))

#define STAGE_SUITES(X) \
	X(arena) \
	X(attribute) \
	X(calibration) \
	X(candidate_rows) \
	X(checksum) \
	X(checkworthy) \
	X(claim) \
	X(context) \
	X(explain) \
	X(gazetteer) \
	X(lexicon) \
	X(mentions) \
	X(model) \
	X(normalise) \
	X(parse) \
	X(quotations) \
	X(role_features) \
	X(score) \
	X(segment) \
	X(sort) \
	X(stance) \
	X(syntax) \
	X(tokenise) \
	X(tag) \
	X(tag_rules) \
	X(weighings) \
	X(resolve)

#define PIPELINE_SUITES(X) \
	X(buffer) \
	X(chain) \
	X(charset) \
	X(gazetteer_file) \
	X(gazetteer_row) \
	X(group_origin) \
	X(group_variant) \
	X(group_words) \
	X(http) \
	X(journal) \
	X(lines) \
	X(options) \
	X(packing) \
	X(position) \
	X(reader) \
	X(reserve) \
	X(rows) \
	X(run) \
	X(sorter) \
	X(text_fragment) \
	X(train_articles) \
	X(train_calibration) \
	X(train_choice) \
	X(train_network) \
	X(tuple) \
	X(wikidata_classes) \
	X(wikidata_item) \
	X(wikidata_values) \
	X(writer_html) \
	X(evaluation)

#define X(name) Suite *name##_suite(void);
STAGE_SUITES(X)
PIPELINE_SUITES(X)
#undef X

#endif
