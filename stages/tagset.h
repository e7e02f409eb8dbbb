/* tagset: the closed sets that tag and parse write.
 *
 * Parts of speech are the Penn Treebank's (Marcus et al. 1993); relations are those of Universal Dependencies 2 (Nivre
 * et al. 2020), subtypes kept only where they help to find who said what.
 */
#ifndef QUOTH_TAGSET_H
#define QUOTH_TAGSET_H

#define QUOTH_TAGS(X) \
	X(UNKNOWN, "?") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(IN, "IN") X(JJ, "JJ") \
	X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NN, "NN") X(NNS, "NNS") X(NNP, "NNP") X(NNPS, "NNPS") \
	X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") \
	X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") \
	X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(PUNCT, ".")

enum quoth_tag {
#define X(name, text) QUOTH_TAG_##name,
	QUOTH_TAGS(X)
#undef X
	QUOTH_N_TAGS
};

/* Universal parts of speech: what the Penn tags leave open (auxiliary or verb, subordinator or preposition, determiner
 * or pronoun). */
#define QUOTH_UPOS_SET(X) \
	X(X) X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) \
	X(SCONJ) X(SYM) X(VERB)

enum quoth_upos {
#define X(name) QUOTH_UPOS_##name,
	QUOTH_UPOS_SET(X)
#undef X
	QUOTH_N_UPOS
};

enum quoth_name_class {
	QUOTH_NOT_A_NAME,
	QUOTH_NAME_PERSON,
	QUOTH_NAME_ORGANIZATION,
	QUOTH_NAME_PLACE,
	QUOTH_NAME_OTHER,
	QUOTH_N_NAME_CLASSES
};

#define QUOTH_RELATIONS(X) \
	X(NONE, "_") X(ROOT, "root") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVMOD, "advmod") \
	X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") \
	X(CCOMP, "ccomp") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop") \
	X(CSUBJ, "csubj") X(DEP, "dep") X(DET, "det") X(DISCOURSE, "discourse") X(EXPL, "expl") X(FIXED, "fixed") \
	X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") \
	X(NMOD_POSS, "nmod:poss") X(NSUBJ, "nsubj") X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") \
	X(OBL, "obl") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum") \
	X(VOCATIVE, "vocative") X(XCOMP, "xcomp") X(DISLOCATED, "dislocated")

enum quoth_relation {
#define X(name, text) QUOTH_REL_##name,
	QUOTH_RELATIONS(X)
#undef X
	QUOTH_N_RELATIONS
};

/* Names as users read them ("NNP", "PROPN", "organization", "nsubj:pass"); the index must be in the set. */
const char *quoth_tag_name(unsigned tag);
const char *quoth_upos_name(unsigned upos);
const char *quoth_name_class_name(unsigned name_class);
const char *quoth_relation_name(unsigned relation);

/* Sets of tags, a bit each. */
#define QUOTH_TAG_BIT(name) ((uint64_t)1 << QUOTH_TAG_##name)
#define QUOTH_NOUN_TAGS (QUOTH_TAG_BIT(NN) | QUOTH_TAG_BIT(NNS) | QUOTH_TAG_BIT(NNP) | QUOTH_TAG_BIT(NNPS))
#define QUOTH_ADVERB_TAGS (QUOTH_TAG_BIT(RB) | QUOTH_TAG_BIT(RBR) | QUOTH_TAG_BIT(RBS))
#define QUOTH_FINITE_TAGS (QUOTH_TAG_BIT(MD) | QUOTH_TAG_BIT(VBD) | QUOTH_TAG_BIT(VBP) | QUOTH_TAG_BIT(VBZ))
#define QUOTH_VERB_TAGS (QUOTH_TAG_BIT(VB) | QUOTH_TAG_BIT(VBD) | QUOTH_TAG_BIT(VBG) | QUOTH_TAG_BIT(VBN) | \
			 QUOTH_TAG_BIT(VBP) | QUOTH_TAG_BIT(VBZ))

#endif
