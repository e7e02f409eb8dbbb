#!/usr/bin/env python3
"""samples: the gold of corpus/samples speaks of what stands there, and the feed has the same articles.

usage: srcdir=DIR samples.py
"""
import csv
import json
import os
import sys

KINDS = ('direct', 'mixed', 'indirect')
SPEAKER_KINDS = ('', 'person', 'organization', 'group', 'unnamed', 'unknown')


def words_at(text, spans):
    """The bytes at the spans as they are written in the table: white space folded, parts joined by one space."""
    parts = [tuple(map(int, part.split('-'))) for part in spans.split(',') if part]
    for (begin, end), (after, _) in zip(parts, parts[1:] + [(len(text), 0)]):
        if not begin < end <= after:
            raise ValueError(f'spans {spans} are empty, out of order or outside')
    return ' '.join(' '.join(text[begin:end].decode('utf-8').split()) for begin, end in parts)


def check_row(row, text):
    for column in ('quote', 'source', 'cue'):
        found = words_at(text, row[column + '_spans'])
        if found != row[column]:
            raise ValueError(f'{column} is "{row[column]}", but there stands "{found}"')
        if found != found.strip():
            raise ValueError(f'{column} begins or ends with white space')
    if not row['quote_spans'] or row['kind'] not in KINDS or row['speaker_kind'] not in SPEAKER_KINDS:
        raise ValueError('no content, or an unknown kind')
    if row['role'] and not row['speaker']:
        raise ValueError('a role without a speaker')


def check_gold(corpus, texts):
    problems = []
    with open(os.path.join(corpus, 'samples.gold.tsv'), encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, 2):
        try:
            check_row(row, texts[row['doc']])
        except (ValueError, KeyError) as problem:
            problems.append(f'corpus/samples.gold.tsv:{number}: {problem}')
    if len(texts) < 30 or len(rows) < 150:
        problems.append(f'{len(texts)} articles with {len(rows)} rows are too few')
    return problems


def check_feed(corpus, texts):
    problems = []
    with open(os.path.join(corpus, 'feed.jsonl'), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            record = json.loads(line)
            if record['text'].encode('utf-8') != texts[record['id']]:
                problems.append(f'corpus/feed.jsonl:{number}: not the text of samples/{record["id"]}.txt')
            if not all(record.get(name) for name in ('url', 'title', 'date', 'outlet')):
                problems.append(f'corpus/feed.jsonl:{number}: lacks url, title, date or outlet')
    return problems


def main():
    corpus = os.path.join(os.environ.get('srcdir') or '.', 'corpus')
    folder = os.path.join(corpus, 'samples')
    texts = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), 'rb') as file:
            texts[name.removesuffix('.txt')] = file.read()
    problems = check_gold(corpus, texts) + check_feed(corpus, texts)
    print('\n'.join(problems))
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
