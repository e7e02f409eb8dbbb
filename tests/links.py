#!/usr/bin/env python3
"""links: each link opens its article on the statement: the first place in the page that fits its text directives is the statement's.

Browsers' way of finding it (WICG, "URL Fragment Text Directives", find a range from a text directive) is done again here over the article's
lines as blocks, the title before them, unless they begin with it; tests/links_browser.py asks a browser.
"""
import glob
import html
import json
import os
import random
import re
import unicodedata
import urllib.parse

from program import SOURCE, expect, run, run_tests, write

ADDRESS = "https://paper.example/1"


class _Page:
    """Blocks of (character, byte of the text it is from), white space folded; and their folded text for searching."""

    def __init__(self, title, text):
        self.blocks = [[(c, None) for c in title]] if title and not text.startswith(title) else []
        place = 0
        for line in text.split("\n"):
            block = []
            for c in line:
                if not c.isspace():
                    block.append((c, place))
                elif block and block[-1][0] != " ":
                    block.append((" ", place))
                place += len(c.encode())
            place += 1
            while block and block[-1][0] == " ":
                block.pop()
            if block:
                self.blocks.append(block)
        self.folded = ["".join(fold(c) for c, _ in block) for block in self.blocks]

    def find(self, term, start, at_begin, at_end):
        """The first place (block, begin, end) from start = (block, offset) on, with word boundaries where asked."""
        term = "".join(map(fold, term))
        for number in range(start[0], len(self.blocks)):
            text = self.folded[number]
            at = text.find(term, start[1] if number == start[0] else 0)
            while at >= 0:
                end = at + len(term)
                if (not at_begin or is_boundary(text, at)) and (not at_end or is_boundary(text, end)):
                    return number, at, end
                at = text.find(term, at + 1)
        return None

    def next_text(self, number, offset):
        while number < len(self.blocks):
            while offset < len(self.folded[number]):
                if self.folded[number][offset] != " ":
                    return number, offset
                offset += 1
            number, offset = number + 1, 0
        return None

    def first_match(self, prefix, start, end, suffix):
        """(begin, end) as (block, offset) each."""
        place = (0, 0)
        while True:
            if prefix:
                found = self.find(prefix, place, True, False)
                if not found:
                    return None
                place = found[0], found[1] + 1
                after = self.next_text(found[0], found[2])
                match = after and self.find(start, after, False, bool(end) or not suffix)
                if match and match[:2] != after:
                    continue
            else:
                match = self.find(start, place, True, bool(end) or not suffix)
                place = match and (match[0], match[1] + 1)
            if not match:
                return None
            first, last = match, match
            while end:
                last = self.find(end, (last[0], last[2]), True, not suffix)
                if not last:
                    return None
                if self.is_followed(last, suffix):
                    break
            if end or self.is_followed(last, suffix):
                return first[:2], (last[0], last[2])

    def is_followed(self, match, suffix):
        after = self.next_text(match[0], match[2])
        return not suffix or bool(after) and self.find(suffix, after, False, True) is not None and self.find(suffix, after, False, True)[:2] == after

    def bytes_of(self, begin, end):
        """The bytes of the text from the first letter or digit in a match to the last."""
        found = [(c, place) for number in range(begin[0], end[0] + 1)
                 for c, place in self.blocks[number][begin[1] if number == begin[0] else 0:end[1] if number == end[0] else None] if c.isalnum()]
        if found[0][1] is None:
            return None
        return found[0][1], found[-1][1] + len(found[-1][0].encode())


def fold(c):
    c = {"‘": "'", "’": "'", "“": '"', "”": '"'}.get(c, c)
    folded = "".join(part for part in unicodedata.normalize("NFKD", c).casefold() if not unicodedata.combining(part))
    return folded[0] if folded else c


def is_boundary(text, at):
    """Whether words part there: UAX #29 for the scripts and marks that the samples have."""
    before, after = text[:at][-2:], text[at:at + 2]
    if not before or not after:
        return True
    if re.match(r"\w", before[-1]) and re.match(r"\w", after[0]):
        return False
    if re.fullmatch(r"[^\W\d_][.'’:]", before) and re.match(r"[^\W\d_]", after) or re.match(r"[^\W\d_]", before[-1:]) and re.fullmatch(r"[.'’:][^\W\d_]", after):
        return False
    return not (re.fullmatch(r"\d[.,;'’]", before) and re.match(r"\d", after) or re.match(r"\d", before[-1:]) and re.fullmatch(r"[.,;'’]\d", after))


def directives(link):
    """(prefix, start, end, suffix) of each text directive."""
    _, separator, rest = link.partition("#:~:")
    for directive in rest.split("&") if separator else []:
        name, _, value = directive.partition("=")
        assert name == "text" and re.fullmatch(r"[A-Za-z0-9._~%,-]+", value), link
        match = re.fullmatch(r"(?:([^,-]+)-,)?([^,-]+)(?:,([^,-]+))?(?:,-([^,-]+))?", value)
        assert match, link
        yield tuple(part and urllib.parse.unquote(part, errors="strict") for part in match.groups())


def expected_bytes(text, begin, end):
    """A part without the marks at its edges, and with the whole of the words there."""
    before, part = text[:begin].decode(), text[begin:end].decode()
    kept = re.sub(r"^[\W_]+|[\W_]+$", "", part)
    if not kept:
        return None
    whole = before + part + text[end:].decode()
    first = len(before) + part.index(kept)
    last = first + len(kept)
    while not is_boundary(whole, first):
        first -= 1
    while not is_boundary(whole, last):
        last += 1
    return len(whole[:first].encode()), len(whole[:last].encode())


def wrong_links(rows):
    """What is wrong with the rows' links, a line each, and how many parts had no directive."""
    wrong, n_without = [], 0
    pages = {}
    for row in rows:
        text = row["text"].encode()
        page = pages.setdefault(row["doc"], None) or _Page(row.get("title", ""), row["text"])
        pages[row["doc"]] = page
        places = [expected_bytes(text, *span) for span in row["quote_spans"]]
        assert row["link"].startswith(row["url"]), row
        found = []
        for directive in directives(row["link"]):
            match = page.first_match(*directive)
            found.append(match and page.bytes_of(*match))
            if found[-1] is None or found[-1] not in places:
                wrong.append(f"{row['doc']}: {directive} finds {found[-1]}, not {places}")
        n_without += len(set(places) - set(found))
    return wrong, n_without


def _rows(folder, records):
    path = write(f"{folder}/in.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    return [json.loads(line) for line in expect(run("--to=jsonl", "--with-text", path, timeout=600), 0).out.splitlines()]


def samples():
    """The articles of corpus/samples as records, entities in them read: with the metadata of corpus/feed.jsonl where they are there, else with their
    first line as title."""
    with open(os.path.join(SOURCE, "corpus/feed.jsonl"), encoding="utf-8") as file:
        known = {record["id"]: record for record in map(json.loads, file)}
    for path in sorted(glob.glob(os.path.join(SOURCE, "corpus/samples/*.txt"))):
        name = os.path.basename(path).removesuffix(".txt")
        with open(path, encoding="utf-8") as file:
            text = html.unescape(file.read())
        yield {"id": name, "url": ADDRESS, "title": text.partition("\n")[0]} | known.get(name, {}) | {"text": text}


def links_of_the_samples_find_their_statements(folder):
    rows = _rows(folder, samples())
    wrong, n_without = wrong_links(rows)
    assert not wrong, "\n".join(wrong)
    assert len(rows) > 100 and n_without == 0, n_without


def links_in_texts_that_repeat_themselves_find_their_statements_or_none(folder):
    """Few different words, so that nearly everything stands somewhere before."""
    chance = random.Random(7)
    says = ["he said", "she said", "said the mayor", "the mayor said"]

    def clause():
        return " ".join(chance.choice(["we", "go", "on", "to", "the", "mill", "don't", "3.5", "U.S.", "co-op"]) for _ in range(chance.randint(1, 14)))

    def sentence():
        return chance.choice(["“{0},” {1}.", "“{0},” {1}, “{2}.”", "{1} that {0}.", "“{0}.\n\n“{2},” {1}."]).format(clause(), chance.choice(says), clause())

    records = []
    for number in range(60):
        text = "".join(sentence() + chance.choice([" ", "\n\n"]) for _ in range(chance.randint(2, 40)))
        records.append({"id": str(number), "url": ADDRESS, "title": clause(), "text": text})
    rows = _rows(folder, records)
    wrong, n_without = wrong_links(rows)
    assert not wrong, "\n".join(wrong)
    n_parts = sum(len(row["quote_spans"]) for row in rows)
    assert n_parts > 500 and n_without < n_parts / 10, (n_parts, n_without)


def documents_without_a_web_address_have_no_link(folder):
    sentence = "“The bridge is closed until the spring,” Ada Brandt said."
    for url in (None, "", "ftp://paper.example/1", "paper.example/1", "javascript:alert(1)", "http://"):
        record = {"id": "1", "text": sentence} | ({} if url is None else {"url": url})
        rows = _rows(folder, [record])
        assert rows and all(row["link"] == "" for row in rows), rows
        table = expect(run(f"{folder}/in.jsonl"), 0).rows()
        assert [row["link"] for row in table] == [""] * len(rows)


def table_and_json_lines_have_the_same_links(folder):
    path = os.path.join(SOURCE, "corpus/feed.jsonl")
    rows = [json.loads(line) for line in expect(run("--to=jsonl", path), 0).out.splitlines()]
    assert [row["link"] for row in rows] == [row["link"] for row in expect(run(path), 0).rows()]


if __name__ == "__main__":
    run_tests(globals())
