#!/usr/bin/env python3
"""pages: of the pages in tests/pages, the articles' own paragraphs are kept and the rest is dropped.

NAME.txt has the article's paragraphs, one a line; a line that begins with "~ " may be kept or dropped (a standfirst), and so may the headline.
The rest of a page is every other run of text that its block elements part, as Python's parser of HTML sees it. metadata.tsv says what the
pages say of themselves. `tests/pages.py -v` also prints what was lost and what was kept too much.
"""
import csv
import difflib
import glob
import html.parser
import json
import os
import sys

from program import expect, run

FOLDER = os.path.join(os.environ.get("srcdir", "."), "tests/pages")
FLOOR = 0.95
BLOCKS = set("address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form "
             "h1 h2 h3 h4 h5 h6 header hr html label legend li main nav noscript ol option p pre section select summary table tbody td "
             "tfoot th thead tr ul".split())
UNREAD = {"script", "style", "head", "template", "title"}


def _folded(text):
    return " ".join(text.split())


class _Blocks(html.parser.HTMLParser):
    """blocks: the runs of text of a page; headlines: those of its h1 elements."""

    def __init__(self, page):
        super().__init__()
        self.blocks, self.headlines, self.run, self.n_unread, self.breaks, self.is_headline = [], [], "", 0, 0, False
        self.feed(page)
        self.close()
        self._end()

    def _end(self):
        if _folded(self.run):
            (self.headlines if self.is_headline else self.blocks).append(_folded(self.run))
        self.run, self.breaks = "", 0

    def handle_starttag(self, tag, attributes):
        if tag in BLOCKS or tag.startswith("amp-"):
            self._end()
        self.n_unread += tag in UNREAD
        self.is_headline = self.is_headline or tag == "h1"
        self.breaks += tag == "br"
        if self.breaks > 1:
            self._end()
        self.run += " " if tag == "br" else ""

    def handle_endtag(self, tag):
        if tag in BLOCKS or tag.startswith("amp-"):
            self._end()
        self.n_unread -= tag in UNREAD
        self.is_headline = self.is_headline and tag != "h1"

    def handle_data(self, data):
        if not self.n_unread:
            self.run += data
            self.breaks = 0 if data.strip() else self.breaks


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def _text_of(path):
    layers = [json.loads(line) for line in expect(run("--until=normalise", path), 0).out.splitlines()]
    return next(layer["text"] for layer in layers if layer["layer"] == "text").splitlines()


def _measure(path, is_verbose):
    """(paragraphs of the article, those kept in order, other blocks, those dropped)"""
    lines = _read(path[:-5] + ".txt").splitlines()
    own = [line for line in lines if not line.startswith("~ ")]
    kept = [line for line in _text_of(path) if line]
    found = sum(block.size for block in difflib.SequenceMatcher(None, own, kept, autojunk=False).get_matching_blocks())
    page = _Blocks(_read(path))
    allowed = set(own) | {line[2:] for line in lines if line.startswith("~ ")} | set(page.headlines)
    others = [block for block in page.blocks if block not in allowed]
    extra = [line for line in kept if line not in allowed]
    left = [block for block in others if any(block == line or (len(block) > 20 and block in line) for line in extra)]
    if is_verbose:
        print(*(f"  lost: {line}" for line in own if line not in kept), *(f"  too much: {line}" for line in extra), sep="\n")
    return len(own), found, len(others), len(others) - len(left)


def _check_metadata():
    with open(os.path.join(FOLDER, "metadata.tsv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        path = os.path.join(FOLDER, row.pop("page") + ".html")
        got = json.loads(expect(run("--to=jsonl", path), 0).out.splitlines()[0])
        assert {name: got.get(name, "") for name in row} == row, (path, got, row)
    return len(rows)


def main():
    is_verbose = sys.argv[1:2] == ["-v"]
    paths = sorted(glob.glob(os.path.join(FOLDER, "*.html")))
    assert len(paths) >= 20, paths
    totals = [0] * 4
    print("page           paragraphs kept       others dropped")
    for path in paths:
        figures = _measure(path, is_verbose)
        totals = [a + b for a, b in zip(totals, figures)]
        print(f"{os.path.basename(path)[:-5]:14} {figures[1]:4} of {figures[0]:4} {figures[3]:10} of {figures[2]:4}")
    kept, dropped = totals[1] / totals[0], totals[3] / totals[2]
    print(f"all: {kept:.1%} of {totals[0]} paragraphs kept, {dropped:.1%} of {totals[2]} others dropped")
    print(f"metadata of {_check_metadata()} pages as they say")
    sys.exit(kept < FLOOR or dropped < FLOOR)


main()
