#!/usr/bin/env python3
"""Measure the attribute stage's rules on annotated text.

usage: fit_rules.py [--shares | --rules] DUMP-CANDIDATES DATA LEXICON

DATA holds text/*.txt and gold.tsv (doc, quote_spans, source_spans, cue_spans as byte ranges). LEXICON is corpus/lexicon:
  --shares  rewrites shares.tsv: for each cue and pattern, how often a candidate's content was gold's (Dice of the words
            at least 0.5), cues inside another gold content left out; and traits.tsv: a logistic regression on the log
            odds of that share, measured without the candidate itself, and on the candidate's traits
  --rules   rewrites rules.tsv: of the rows of each rule, by score, the share that gold has with the same source;
            smoothed and made monotone (pool adjacent violators)
"""
import collections, csv, glob, math, os, re, subprocess, sys

WORD = re.compile(rb'[\w\x80-\xff]+')
PATTERNS = ('quote that clause wh infinitive as object gerund preposition after after-quote passive-clause '
            'passive-infinitive passive noun-clause noun-infinitive noun-of adjective-clause adjective-infinitive '
            'adjective-of phrase').split()
PHRASAL = {'object', 'preposition', 'noun-of', 'adjective-of', 'passive', 'as'}
CLASSES = 'none say ask deny promise order warn judge believe document manner phrase'.split()
PRIOR = 6       # a class's share counts as much as so many sightings of the cue
BIN = 120       # rows of a rule that share a confidence, at least


def ranges(field):
    return [tuple(map(int, part.split('-'))) for part in filter(None, (field or '').split(','))]


class Text:
    def __init__(self, path):
        self.words = [(m.start(), m.end()) for m in WORD.finditer(open(path, 'rb').read())]

    def cover(self, spans):
        return frozenset(i for i, (b, e) in enumerate(self.words) if any(b < y and e > x for x, y in spans))


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def same_source(a, b):
    return dice(a, b) >= 0.5 or bool(a and b and max(a) == max(b))


def read_gold(data):
    gold = collections.defaultdict(list)
    csv.field_size_limit(1 << 30)
    with open(data + '/gold.tsv', encoding='utf-8', newline='') as f:
        for row in csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE):
            gold[row['doc']].append([ranges(row[k]) for k in ('quote_spans', 'source_spans', 'cue_spans')])
    return gold


def dumped(dump, data, option):
    paths = sorted(glob.glob(data + '/text/*.txt'))
    by_doc = collections.defaultdict(list)
    for i in range(0, len(paths), 200):
        out = subprocess.run([dump] + option + paths[i:i + 200], check=True, stdout=subprocess.PIPE).stdout.decode()
        for line in out.splitlines():
            row = line.split('\t')
            by_doc[row[0]].append(row)
    for path in paths:
        yield os.path.basename(path)[:-4], path, by_doc[path]


def form_hash(word):
    h = 2166136261
    for byte in word.encode():
        h = (h ^ byte) * 16777619 & 0xffffffff
    return h


def read_list(path):
    rows = [line.rstrip('\n').split('\t') for line in open(path, encoding='utf-8') if line.strip() and line[0] != '#']
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def fit_shares(dump, data, lexicon):
    seen = collections.defaultdict(lambda: [0, 0])
    gold = read_gold(data)
    samples = []
    for doc, path, rows in dumped(dump, data, []):
        if doc not in gold:
            continue
        text = Text(path)
        truth = [(text.cover(q), text.cover(c)) for q, s, c in gold[doc]]
        for row in rows:
            content, cue = text.cover(ranges(row[6])), text.cover(ranges(row[8]))
            right = any(dice(content, q) >= 0.5 and (not c or not cue or c & cue) for q, c in truth)
            if not right and any(cue and cue <= q for q, c in truth):
                continue
            samples.append((row[3], CLASSES[int(row[4])], row[2], int(row[9], 16), right))
            for key in (row[3], CLASSES[int(row[4])], 'none'):
                seen[key, row[2]][0] += right
                seen[key, row[2]][1] += 1
    names = [(r['lemma'], '', 'verb') for r in read_list(lexicon + '/cues.tsv')]
    names += [(r['phrase'], '', 'verb') for r in read_list(lexicon + '/phrases.tsv')]
    others = [(r['lemma'], r['forms'], r['part']) for r in read_list(lexicon + '/shares.tsv')
              if r['part'] not in ('', 'verb')]
    write_shares(lexicon + '/shares.tsv', seen, names, others)
    fit_traits(lexicon + '/traits.tsv', seen, samples)


def trait_names():
    source = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../stages/rules.h'), encoding='utf-8').read()
    block = source[source.index('#define QUOTH_TRAITS(X)'):source.index('enum quoth_trait_bit')]
    return re.findall(r'X\(\w+, "([^"]+)"\)', block)


def fit_traits(path, seen, samples):
    names = trait_names()
    whole, of_class = class_shares(seen)
    weights = []
    for phrasal in (False, True):
        rows = []
        for key, c, pattern, traits, right in samples:
            if (pattern in PHRASAL) != phrasal:
                continue
            of = seen[key, pattern]
            share = (of[0] - right + PRIOR * of_class[c, pattern]) / (of[1] - 1 + PRIOR)
            bits = [i for i in range(len(names)) if traits >> i & 1 and names[i] != 'share-rare']
            if of[1] <= 1:
                bits.append(names.index('share-rare'))
            share = min(0.98, max(0.02, share))
            rows.append((math.log(share / (1 - share)), bits, right))
        weights.append(regress(rows, len(names)))
    with open(path, 'w', encoding='utf-8') as f:
        f.write('# What speaks for a candidate beside its cue\'s share, in log odds; "share": the factor of the share\'s own.\n'
                '# A logistic regression on PolNeAR train (Newell et al. 2018) by `make fit-rules`; do not edit.\n'
                'trait\tclausal\tphrasal\n')
        for i, name in enumerate(names + ['share']):
            f.write(f'{name}\t{weights[0][i]:.3f}\t{weights[1][i]:.3f}\n')


def regress(rows, n):
    """Logistic regression by AdaGrad, a small L2 penalty; the order of rows is fixed, so that it is repeatable."""
    weights, squares = [0.0] * n + [1.0], [1e-6] * (n + 1)
    order = sorted(range(len(rows)), key=lambda i: (i * 2654435761) & 0xffffffff)
    for epoch in range(15):
        for i in order:
            odds, bits, right = rows[i]
            z = weights[n] * odds + sum(weights[b] for b in bits)
            error = right - 1 / (1 + math.exp(-z))
            for b, x in [(b, 1.0) for b in bits] + [(n, odds)]:
                gradient = error * x - 1e-4 * (weights[b] - (b == n))
                squares[b] += gradient * gradient
                weights[b] += 0.3 * gradient / math.sqrt(squares[b])
    return weights


def class_shares(seen):
    whole = {k: (seen['none', k][0] + 1) / (seen['none', k][1] + 3) for k in PATTERNS}
    return whole, {(c, k): (seen[c, k][0] + PRIOR * whole[k]) / (seen[c, k][1] + PRIOR) for c in CLASSES
                   for k in PATTERNS}


def write_shares(path, seen, names, others):
    whole, of_class = class_shares(seen)
    parts = {}
    for lemma, forms, part in names:
        parts.setdefault(lemma, ['', part])
    for lemma, forms, part in others:
        old = parts.get(lemma)
        parts[lemma] = [forms, 'noun,verb' if old or part == 'noun,verb' else part]
    classes = {r['lemma']: r['class'] for r in read_list(os.path.dirname(path) + '/cues.tsv')}
    classes.update({r['phrase']: r['class'] for r in read_list(os.path.dirname(path) + '/phrases.tsv')})
    with open(path, 'w', encoding='utf-8') as f:
        f.write('# Of 100 times that a cue stands in a pattern, how often PolNeAR\'s annotators saw an attribution there.\n'
                '# Measured on PolNeAR train (Newell et al. 2018) by `make fit-rules`; do not edit but for the nouns and\n'
                '# adjectives that are listed. "*say": all cues of the class; *none: all.\n')
        f.write('\t'.join(['lemma', 'forms', 'part', 'n'] + PATTERNS) + '\n')
        for c in CLASSES:
            f.write('\t'.join(['*' + c, '', '', str(sum(seen[c, k][1] for k in PATTERNS))] +
                              [str(round(100 * (of_class if c != 'none' else {(c, k): whole[k] for k in PATTERNS})[c, k]))
                               for k in PATTERNS]) + '\n')
        for lemma in sorted(parts):
            forms, part = parts[lemma]
            keys = {'%08x' % form_hash(w) for w in [lemma] + forms.split()}
            count = {k: [sum(seen[key, k][i] for key in keys) for i in (0, 1)] for k in PATTERNS}
            n = sum(count[k][1] for k in PATTERNS)
            if not n and part == 'verb':
                continue
            c = classes.get(lemma, 'none')
            f.write('\t'.join([lemma, forms, part, str(n)] +
                              [str(round(100 * (count[k][0] + PRIOR * of_class[c, k]) / (count[k][1] + PRIOR)))
                               if count[k][1] else '' for k in PATTERNS]) + '\n')


def pair(gold, pred):
    ranked = sorted(((dice(g[0], p[0]), same_source(g[1], p[1]), -i, -j) for i, g in enumerate(gold)
                     for j, p in enumerate(pred) if g[0] & p[0]), reverse=True)
    out, used = {}, set()
    for d, _, i, j in ranked:
        if d >= 0.5 and -j not in out and -i not in used:
            out[-j] = -i
            used.add(-i)
    return out


def fit_rules(dump, data, lexicon):
    by_rule = collections.defaultdict(list)
    gold = read_gold(data)
    for doc, path, rows in dumped(dump, data, ['--rows']):
        if doc not in gold:
            continue
        text = Text(path)
        truth = [(text.cover(q), text.cover(s)) for q, s, c in gold[doc]]
        pred = [(text.cover(ranges(r[6])), text.cover(ranges(r[7]))) for r in rows]
        pairs = pair(truth, pred)
        for j, row in enumerate(rows):
            right = j in pairs and same_source(truth[pairs[j]][1], pred[j][1])
            by_rule[row[1]].append((float(row[5]), right))
    with open(lexicon + '/rules.tsv', 'w', encoding='utf-8') as f:
        f.write('# Of the rows that a rule makes with at least that score, the share that is right, source included.\n'
                '# Measured on PolNeAR train (Newell et al. 2018) by `make fit-rules`; do not edit.\n'
                'rule\tscore\tconfidence\tn\n')
        for rule in sorted(by_rule):
            for score, confidence, n in steps(sorted(by_rule[rule])):
                f.write(f'{rule}\t{score:.3f}\t{confidence:.3f}\t{n}\n')


def steps(rows):
    blocks, i = [], 0
    mean = (sum(r for _, r in rows) + 2) / (len(rows) + 4)
    while i < len(rows):
        j = min(len(rows), i + BIN)
        if len(rows) - j < BIN:
            j = len(rows)
        while j < len(rows) and rows[j][0] == rows[j - 1][0]:
            j += 1
        blocks.append([rows[i][0] if blocks else 0.0, sum(r for _, r in rows[i:j]), j - i])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            _, right, n = blocks.pop()
            blocks[-1][1] += right
            blocks[-1][2] += n
        i = j
    return [(score, (right + 4 * mean) / (n + 4), n) for score, right, n in blocks]


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in ('--shares', '--rules'):
        sys.exit(__doc__)
    (fit_shares if sys.argv[1] == '--shares' else fit_rules)(*sys.argv[2:])


main()
