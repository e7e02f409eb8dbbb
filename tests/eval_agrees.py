#!/usr/bin/env python3
"""eval_agrees: quoth-eval prints what another scorer of the same measures prints, to the last digit.

usage: builddir=DIR SCORER=COMMAND DATA=FOLDER [SEEDS=N] eval_agrees.py

A set is a folder text/ of articles with gold.tsv beside it, anywhere below DATA. For the first articles of each,
predictions are made from the gold rows: dropped, doubled, shifted, cut, joined, with another kind, source or speaker, in
several degrees; both programs score them, as text and as JSON. Skipped (status 77) where a variable or a set is missing.
"""
import csv
import difflib
import os
import random
import shlex
import subprocess
import sys
import tempfile

MOST_DOCS = 100
KINDS = ('direct', 'mixed', 'indirect')


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))


def write(path, rows, columns):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        file.write('\t'.join(columns) + '\n')
        for row in rows:
            file.write('\t'.join(row.get(column) or '' for column in columns) + '\n')


def move(spans, size, chance, by):
    """Shifts each edge with the given chance by up to `by` bytes, inside the text."""
    parts = []
    for part in filter(None, spans.split(',')):
        begin, end = map(int, part.split('-'))
        if chance.random() < 0.5:
            begin = min(max(begin + chance.randint(-by, by), 0), size)
        if chance.random() < 0.5:
            end = min(max(end + chance.randint(-by, by), begin), size)
        parts.append(f'{begin}-{max(begin, end)}')
    if len(parts) > 1 and chance.random() < 0.2:
        parts.pop(chance.randrange(len(parts)))
    return ','.join(parts)


def distort_name(name, chance):
    name = chance.choice(name.split('|'))
    return chance.choice((name, name.upper(), name.split()[-1] if name.split() else '', name + "'s", 'Mr. ' + name,
                          'Straße ' + name, name[:3], '', name.replace(' ', ' \u2019s ', 1)))


def distort(row, others, size, chance, degree):
    """A prediction made of a gold row."""
    row = dict(row)
    for column, by in (('quote_spans', 60), ('source_spans', 12), ('cue_spans', 6)):
        if chance.random() < degree:
            row[column] = move(row[column], size, chance, by)
    if chance.random() < degree / 2:
        row['source_spans'] = chance.choice(others)['source_spans']
    if chance.random() < degree / 4:
        row['quote_spans'] += ',' + chance.choice(others)['quote_spans']
    if chance.random() < degree / 2:
        row['kind'] = chance.choice(KINDS)
    if row.get('speaker') or chance.random() < 0.1:
        row['speaker'] = distort_name(row.get('speaker') or 'Nobody', chance)
    return row


def predict(gold, text, chance, degree):
    by_doc = {}
    for row in gold:
        by_doc.setdefault(row['doc'], []).append(row)
    out = []
    for doc, rows in by_doc.items():
        size = os.path.getsize(os.path.join(text, doc + '.txt'))
        for row in rows:
            copies = 0 if chance.random() < degree / 2 else 2 if chance.random() < degree / 3 else 1
            out += [distort(row, rows, size, chance, degree) for _ in range(copies)]
    for row in out:
        if chance.random() < 0.1:
            row['doc'] = 'some/folder/' + row['doc'] + '.txt'
    if degree > 0.5:
        chance.shuffle(out)
    return out


def run(command):
    result = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if result.returncode:
        sys.exit(f'{shlex.join(command)}: status {result.returncode}')
    return result.stdout.decode('utf-8', 'replace')


def compare(ours, theirs, arguments):
    one, two = run(theirs + arguments), run(ours + arguments)
    for line in difflib.unified_diff(one.splitlines(), two.splitlines(), 'the scorer', 'quoth-eval', lineterm=''):
        print(line)
    return one != two


def check_set(text, gold_path, scratch, ours, theirs, seeds):
    gold = read(gold_path)
    docs = set(sorted({row['doc'] for row in gold})[:MOST_DOCS])
    gold = [row for row in gold if row['doc'] in docs]
    failures = 0
    columns = list(gold[0])
    path, docs, gold_path = (os.path.join(scratch, name) for name in ('rows.tsv', 'docs', 'gold.tsv'))
    write(gold_path, gold, columns)
    for seed in range(seeds):
        chance = random.Random(seed)
        degree = (0.0, 0.2, 0.5, 0.9)[seed % 4]
        write(path, predict(gold, text, chance, degree), chance.sample(columns, len(columns)))
        with open(docs, 'w', encoding='utf-8') as file:
            file.writelines(f'  {row["doc"]}.txt \n' for row in gold if chance.random() < 0.1)
        arguments = ['--text', text, '--gold', gold_path]
        for more in ([], ['--json'], ['--docs', docs]):
            failures += compare(ours, theirs, arguments + more + [path])
    print(f'{text}: {seeds} predictions, {failures} differences')
    return failures


def main():
    ours, theirs = os.path.join(os.environ.get('builddir') or '.', 'quoth-eval'), os.environ.get('SCORER')
    data, seeds = os.environ.get('DATA'), int(os.environ.get('SEEDS') or 4)
    if not (theirs and data):
        print('SCORER and DATA are not both set')
        return 77
    sets = [folder for folder, folders, files in sorted(os.walk(data)) if 'text' in folders and 'gold.tsv' in files]
    if not sets:
        print(f'no set below {data}')
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        return any([check_set(os.path.join(folder, 'text'), os.path.join(folder, 'gold.tsv'), scratch,
                              [ours], shlex.split(theirs), seeds) for folder in sets])


if __name__ == '__main__':
    sys.exit(int(main()))
