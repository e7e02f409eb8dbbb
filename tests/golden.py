#!/usr/bin/env python3
"""golden: the whole program's rows for chosen samples are those that were reviewed by eye.

usage: builddir=DIR srcdir=DIR golden.py [--update]

tests/golden/NAME.tsv has the rows of corpus/samples/NAME.txt, tests/golden/NAME.jsonl the records made of corpus/NAME.jsonl,
both without the confidence, which moves with every fit; tests/golden/NAME.page the data of its page; tests/golden/NAME.why the explanations of corpus/samples/NAME.txt
without their numbers; tests/golden/NAME.ids the speakers of all samples to which --gazetteer=corpus/NAME.tsv gives an id. A
difference is printed row by row. --update writes them anew:
look at every line of `git diff tests/golden` before it is committed. A new file there, empty, is filled by it.
"""
import csv
import difflib
import io
import json
import os
import re
import subprocess
import sys

MOVING = ('confidence', 'checkworthy')


def run(folder, arguments):
    program = os.path.abspath(os.path.join(os.environ.get('builddir') or '.', 'quoth'))
    result = subprocess.run([program, *arguments], cwd=folder, stdout=subprocess.PIPE, check=False)
    if result.returncode:
        sys.exit(f'quoth {" ".join(arguments)}: status {result.returncode}')
    return result.stdout.decode('utf-8')


def made_rows(source, name):
    """The TSV of a sample, without the columns that move."""
    lines = [line.split('\t') for line in run(os.path.join(source, 'corpus', 'samples'), [name + '.txt']).splitlines()]
    keep = [i for i, column in enumerate(lines[0]) if column not in MOVING]
    return ''.join('\t'.join(line[i] for i in keep) + '\n' for line in lines)


def made_records(source, name):
    text = run(os.path.join(source, 'corpus'), ['--to=jsonl', name + '.jsonl'])
    records = (json.loads(line) for line in text.splitlines())
    return ''.join(json.dumps({key: value for key, value in record.items() if key not in MOVING}, ensure_ascii=False) + '\n'
                   for record in records)


def made_explanations(source, name):
    """Of each row of a sample what was chosen and the words for why, without the numbers, which move with every fit."""
    lines = []
    for line in run(os.path.join(source, 'corpus', 'samples'), ['--to=jsonl', '--explain', name + '.txt']).splitlines():
        row = json.loads(line)
        why = row['why']
        chosen = {part: [item['text'] for item in why[part]['candidates'] if item['chosen']] for part in ('cue', 'content', 'source')}
        speaker = {'speaker': [item['name'] for item in why['speaker']['candidates'] if item['chosen']],
                   'because': why['speaker']['because']}
        lines.append({'quote_spans': row['quote_spans'], 'rule': why['rule']['words'], **chosen, **speaker})
    return ''.join(json.dumps(line, ensure_ascii=False) + '\n' for line in lines)


def made_ids(source, name):
    """Who has which id, in which article, each once."""
    text = run(os.path.join(source, 'corpus'), [f'--gazetteer={name}.tsv', 'samples'])
    rows = csv.DictReader(io.StringIO(text), delimiter='\t', quoting=csv.QUOTE_NONE)
    found = {(os.path.basename(row['doc']), row['speaker'], row['speaker_id']) for row in rows if row['speaker_id']}
    return ''.join('\t'.join(one) + '\n' for one in sorted(found))


def made_page(source, name):
    """The part of a sample's page that holds its data, as it is but for the numbers that move."""
    page = run(os.path.join(source, 'corpus', 'samples'), ['--to=html', name + '.txt'])
    return re.sub(f'"({"|".join(MOVING)})":[0-9.]+', r'"\1":0', page[page.index('<div id="data"'):])


def readable_rows(text):
    """Each row as a few lines that a person can compare."""
    lines = []
    for row in csv.DictReader(io.StringIO(text), delimiter='\t', quoting=csv.QUOTE_NONE):
        lines += [f'{row["kind"]}: {row["quote"]}',
                  f'    by {row["speaker"] or "?"} ({row["speaker_kind"]}) role "{row["role"]}" resolved: {row["resolution"]}',
                  f'    "{row["source"]}" -- "{row["cue"]}"',
                  f'    bytes {row["quote_spans"]} by {row["source_spans"]} cue {row["cue_spans"]}']
        known = {'kind', 'quote', 'speaker', 'speaker_kind', 'role', 'resolution', 'source', 'cue', 'quote_spans',
                 'source_spans', 'cue_spans'}
        lines.append('    ' + ' '.join(f'{column}={value}' for column, value in row.items() if column not in known))
    return lines


def readable_records(text):
    lines = []
    for line in text.splitlines():
        lines += json.dumps(json.loads(line), ensure_ascii=False, indent=1).splitlines()
    return lines


MAKERS = {'.tsv': (made_rows, readable_rows), '.jsonl': (made_records, readable_records),
          '.page': (made_page, str.splitlines), '.why': (made_explanations, readable_records), '.ids': (made_ids, str.splitlines)}


def check(path, made, readable):
    with open(path, encoding='utf-8', newline='') as file:
        golden = file.read()
    if golden == made:
        return True
    for line in difflib.unified_diff(readable(golden), readable(made), path, 'now', lineterm='', n=2):
        print(line)
    return False


def main():
    source = os.environ.get('srcdir') or '.'
    folder = os.path.join(source, 'tests', 'golden')
    is_update = sys.argv[1:] == ['--update']
    failures = []
    for file_name in sorted(os.listdir(folder)):
        name, suffix = os.path.splitext(file_name)
        if suffix not in MAKERS:
            continue
        make, readable = MAKERS[suffix]
        path, made = os.path.join(folder, file_name), make(source, name)
        if is_update:
            with open(path, 'w', encoding='utf-8', newline='') as file:
                file.write(made)
        elif not check(path, made, readable):
            failures.append(file_name)
    if failures:
        print(f'{len(failures)} differ: {" ".join(failures)}. If every change above is right: make golden-update')
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
