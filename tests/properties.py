#!/usr/bin/env python3
"""properties: what must hold for every document, whatever is in it.

Over the sample articles and generated texts (every style of quotation mark, entities, decomposed letters, broken bytes): all spans
lie in the input and in order; the bytes at quote_spans, normalised and joined, are the quote; any number of jobs gives the same
bytes; TSV read back by Python's csv and by SQLite's import gives the same values; JSON lines says the same as TSV.

The check of quotes normalises in Python, not with quoth, what stages/normalise.h says: UTF-8 decoded (bad bytes as U+FFFD), entities as
HTML has them, control characters as white space, characters without width dropped, NFC, white space folded.
"""
import csv
import glob
import hashlib
import html
import io
import json
import os
import random
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import HEADER, IS_SANITIZED, expect, run, run_tests, write

SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")
SPACE = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

ENTITY = re.compile("&#?[0-9A-Za-z]+;")     # a browser takes some without the semicolon too
CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
WITHOUT_WIDTH = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

MARKS = ["“”", '""', "‘’", "''", "„“", "«»", "»«", "‹›", "「」", "『』", "``''".replace("''", "’’"), "″″", "&ldquo;&rdquo;", "&quot;&quot;",
         "&#8220;&#x201D;", "&laquo;&raquo;", "“", "”", '"']
NAMES = ["Ada Brandt", "Jürgen Müller", "Ju\u0308rgen Mu\u0308ller", "the ministry", "Dr. José Álvarez", "O’Neill", "she", "Le\u0301a Fontaine",
         "AT&amp;T", "Prime Minister Ngozi Oyelaran"]
CUES = ["said", "told reporters", "added", "warned", "asked", "according to", "wrote", "insisted that", "denied"]
CLAUSES = ["the bridge is closed", "we won’t wait any longer", "it’s 6\u00a0ft 2\u2033 tall", "cafe\u0301s reopen on Jan. 31", "fish &amp; chips cost £5",
           "nobody &lt;here&gt; knows", "a\tb\\n c", "the U.S. is \x01 ready", "\U0001d504 and \ufb01", "rates rise by 3.5&nbsp;% a year",
           "it is &#0; &bogus; and &copy; ours", "«no»", "it was “so called” progress", "a \u202eright\u202c turn"]


def _cut(mark):
    if ";" in mark:
        half = mark.index(";") + 1
        return mark[:half], mark[half:]
    return mark[: (len(mark) + 1) // 2], mark[(len(mark) + 1) // 2:]


def _sentence(choose):
    opening, closing = _cut(choose(MARKS))
    first, second, name, cue = choose(CLAUSES), choose(CLAUSES), choose(NAMES), choose(CUES)
    return choose([
        f"{opening}{first},{closing} {name} {cue}.",
        f"{opening}{first},{closing} {cue} {name}, {opening}and {second}.{closing}",
        f"{name} {cue} {opening}{first}.{closing}",
        f"{name} {cue} that {first} and {opening}{second}{closing}.",
        f"{name}: {opening}{first}. {second}!{closing}",
        f"According to {name}, {first}.",
        f"{opening}{first}. {second}.\n\n{opening}{second}, {first},{closing} {name} {cue}.",
        f"{opening}‘{first},’ {name} {cue},{closing} {choose(NAMES)} {choose(CUES)}.",
        f"{first.capitalize()}, {name} {cue}.",
    ])


def _generated(seed):
    generator = random.Random(seed)
    text = "".join(_sentence(generator.choice) + generator.choice([" ", "\n", "\n\n", "\r\n\r\n", "\u3000"]) for _ in range(40)).encode()
    if seed % 4 == 3:   # broken bytes
        text = bytearray(text)
        for _ in range(20):
            text[generator.randrange(len(text))] = generator.choice([0x80, 0xC3, 0xE2, 0xED, 0xFF, 0, 0xCC])
    return bytes(text)


def _corpus(folder):
    """The documents by id: sample articles and generated texts, as files below folder/corpus."""
    os.mkdir(folder + "/corpus")
    texts = {}
    for path in sorted(glob.glob(SAMPLES + "/**/*.txt", recursive=True)):
        texts[f"{folder}/corpus/s-{os.path.basename(path)}"] = open(path, "rb").read()
    for seed in range(40):
        texts[f"{folder}/corpus/g{seed:02}.txt"] = _generated(seed)
    for path, text in texts.items():
        write(path, text)
    return texts


def _spans(field):
    return [tuple(map(int, span.split("-"))) for span in field.split(",") if span]


def _unescape(field):
    return field.replace("\\\\", "\\")


def _normalised(part):
    text = ENTITY.sub(lambda found: html.unescape(found[0]), part.decode("utf-8", "replace"))
    text = WITHOUT_WIDTH.sub("", CONTROL.sub(" ", text.replace("\0", " ")))
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def spans_lie_in_the_input(folder):
    texts = _corpus(folder)
    rows = expect(run(folder + "/corpus"), 0).rows()
    assert len(rows) > 100, len(rows)
    last = ("", 0)
    for row in rows:
        size = len(texts[row["doc"]])
        for name in ("quote_spans", "source_spans", "cue_spans"):
            spans = _spans(row[name])
            assert all(0 <= begin < end <= size for begin, end in spans), row
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), row
        assert _spans(row["quote_spans"]), row
        assert bool(row["source"]) == bool(row["source_spans"]) and bool(row["cue"]) == bool(row["cue_spans"]), row
        assert (row["doc"], _spans(row["quote_spans"])[0][0]) >= last or row["doc"] > last[0], row
        last = (row["doc"], _spans(row["quote_spans"])[0][0])


def the_bytes_at_the_spans_are_the_quote(folder):
    texts = _corpus(folder)
    for row in expect(run(folder + "/corpus"), 0).rows():
        text = texts[row["doc"]]
        for value, spans in (("quote", "quote_spans"), ("source", "source_spans"), ("cue", "cue_spans")):
            parts = [_normalised(text[begin:end]) for begin, end in _spans(row[spans])]
            assert _unescape(row[value]) == " ".join(parts), (value, row, parts)


def a_claim_is_the_words_of_its_quote_but_for_what_is_in_brackets(folder):
    _corpus(folder)
    n = 0
    for row in expect(run(folder + "/corpus"), 0).rows():
        claim, words = row["claim"], iter(re.findall(r"\w+", row["quote"].lower()))
        outside = re.sub(r"\[[^][]*\]", " ", claim)
        assert "[" not in outside and "]" not in outside, row
        assert all(word in words for word in re.findall(r"\w+", outside.lower())), row     # in their order: `in` moves the iterator on
        assert not claim or claim[0].upper() == claim[0] or len(claim[0].upper()) > 1, row     # "ﬁ" has no capital of its own
        n += bool(claim)
    assert n > 50, n


def values_hold_no_tab_or_line_break_and_ids_are_stable(folder):
    _corpus(folder)
    result = expect(run(folder + "/corpus"), 0)
    seen = {}
    for row in result.rows():
        assert all(value == " ".join(value.split(" ")) and not set("\t\n\r\v\f\x85\u2028\u2029") & set(value) for value in row.values())
        number = 0xcbf29ce484222325
        for byte in f"{row['doc']}\t{row['quote_spans']}".encode():
            number = (number ^ byte) * 0x100000001b3 % 2**64
        assert row["id"] == f"{number:016x}", row
        assert re.fullmatch(r"[01]\.\d\d\d", row["confidence"]) and re.fullmatch(r"([01]\.\d\d\d)?", row["checkworthy"]), row
        assert row["kind"] in ("direct", "mixed", "indirect")
        assert row["speaker_kind"] in ("person", "organization", "group", "unnamed", "unknown")
        assert row["resolution"] in ("named", "nominal", "pronoun", "continued", "none")


def any_number_of_jobs_gives_the_same_bytes(folder):
    texts = _corpus(folder)
    write(folder + "/a.jsonl", "".join(json.dumps({"id": f"{n}-{path}", "text": text.decode("utf-8", "replace")}) + "\n" + "{broken\n" * (n % 3 == 0)
                                       for n in range(2 if IS_SANITIZED else 10) for path, text in texts.items()))
    for arguments in ([], ["--to=jsonl"], ["--to=jsonl", "--explain"], ["--until=mentions"]):
        sums = set()
        for jobs in (1, 2, 3, 8):
            result = run("-j", jobs, *arguments, "--errors=" + folder + "/errors", folder + "/corpus", folder + "/a.jsonl")
            assert result.status == 1
            sums.add((hashlib.sha256(result.out).hexdigest(), hashlib.sha256(open(folder + "/errors", "rb").read()).hexdigest(), result.err))
        assert len(sums) == 1, (arguments, [(a, b) for a, b, _ in sums])


def python_and_sqlite_read_the_same_values(folder):
    _corpus(folder)
    result = expect(run(folder + "/corpus", "-o", folder + "/out.tsv"), 0)
    rows = [line.split("\t") for line in open(folder + "/out.tsv", encoding="utf-8", newline="").read().split("\n")[1:-1]]
    assert len(rows) > 100
    with open(folder + "/out.tsv", encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))[1:] == rows
    script = (f'.mode ascii\n.separator "\\t" "\\n"\n.import {folder}/out.tsv quotes\n.mode list\n'
              "SELECT json_array(" + ",".join(f'"{name}"' for name in HEADER.split("\t")) + ") FROM quotes;\n")
    back = subprocess.run(["sqlite3", ":memory:"], input=script.encode(), stdout=subprocess.PIPE, check=True).stdout
    assert [json.loads(line) for line in back.decode().split("\n")[:-1]] == rows


def json_lines_say_the_same(folder):
    _corpus(folder)
    rows = expect(run(folder + "/corpus"), 0).rows()
    objects = [json.loads(line) for line in expect(run("--to=jsonl", folder + "/corpus"), 0).out.decode().splitlines()]
    assert len(rows) == len(objects) > 100
    for row, record in zip(rows, objects):
        assert list(record) == HEADER.split("\t")
        for name, value in record.items():
            if name.endswith("_spans"):
                value = ",".join(f"{begin}-{end}" for begin, end in value)
            elif name in ("confidence", "checkworthy"):
                value = "" if value is None else f"{value:.3f}"
            assert value == _unescape(row[name]), (name, row, record)


def _check_choice(choice, size, has_chosen):
    """The candidates of an explanation lie in the input and are few; the chosen one is first."""
    candidates = choice["candidates"]
    assert len(candidates) <= 5 and [item["chosen"] for item in candidates] == [n < has_chosen for n in range(len(candidates))], choice
    for item in candidates:
        assert all(0 <= begin < end <= size for begin, end in item["spans"]), item
        assert len(item["reasons"]) <= 5 and all(reason["because"] for reason in item["reasons"]), item
        assert len((item.get("text") or item.get("name") or "").encode()) < 1500, item
    if has_chosen and "chance" in candidates[0]:
        assert 0 <= candidates[0]["chance"] <= 1, choice


def explanations_lie_in_the_input_and_change_nothing_else(folder):
    texts = _corpus(folder)
    for model in ([], ["--model=none"]):
        plain = expect(run("--to=jsonl", *model, folder + "/corpus"), 0).out
        explained = expect(run("--to=jsonl", "--explain", *model, folder + "/corpus"), 0).out
        assert len(explained.splitlines()) > 100
        for without, line in zip(plain.splitlines(), explained.splitlines(), strict=True):
            assert line.startswith(without[:-1] + b',"why":{')
            row = json.loads(line)
            why, size = row["why"], len(texts[row["doc"]])
            assert 0 <= why["confidence"]["doubt"] <= 1
            assert list(why) == ["rule", "cue", "content", "source", "speaker", "confidence"]
            assert why["speaker"]["because"] and why["rule"]["words"] and why["confidence"]["chance"] == row["confidence"]
            _check_choice(why["speaker"], size, row["resolution"] != "none")
            _check_choice(why["cue"], size, bool(row["cue"]))
            _check_choice(why["content"], size, True)
            _check_choice(why["source"], size, bool(why["source"]["candidates"]))
            assert why["content"]["candidates"][0]["spans"] == row["quote_spans"], row
            assert not row["cue"] or why["cue"]["candidates"][0]["spans"] == row["cue_spans"], row
            assert not row["source"] or why["source"]["candidates"][0]["spans"] == row["source_spans"], row
            assert row["resolution"] == "none" or why["speaker"]["candidates"][0]["name"][:60] == row["speaker"][:60], row


def metadata_comes_along(folder):
    record = {"id": 17, "url": "https://news.example/17", "title": "A\ttitle", "date": "2024-01-31", "outlet": None,
              "maintext": "“It’s over,” Mayor Ada Brandt said on Monday."}
    result = expect(run("--to=jsonl", "--from=jsonl", stdin=json.dumps(record).encode()), 0)
    row = json.loads(result.out.splitlines()[0])
    assert row["doc"] == "17" and row["url"] == record["url"] and row["title"] == record["title"] and row["date"] == record["date"]
    assert "outlet" not in row
    result = expect(run("--text-field=title", "--id-field=date", "--until=normalise", stdin=json.dumps(record).encode()), 0)
    assert json.loads(result.out)["doc"] == "2024-01-31"


def filters_drop_rows_and_nothing_else(folder):
    _corpus(folder)
    rows = expect(run(folder + "/corpus"), 0).rows()
    for kinds in ("direct", "mixed,indirect"):
        assert expect(run("--kinds=" + kinds, folder + "/corpus"), 0).rows() == [row for row in rows if row["kind"] in kinds.split(",")]
    for least in ("0.5", "0.75", ".9", "1"):
        wanted = [row for row in rows if float(row["confidence"]) >= float(least)]
        assert expect(run("--min-confidence=" + least, folder + "/corpus"), 0).rows() == wanted
        wanted = [row for row in rows if float(row["checkworthy"]) >= float(least)]
        assert expect(run("--min-checkworthy=" + least, folder + "/corpus"), 0).rows() == wanted
    assert not expect(run("--model=none", "--min-checkworthy=0.001", folder + "/corpus"), 0).rows()


def a_folder_is_walked_in_byte_order_of_its_paths(folder):
    texts = {name: "“It’s over,” Mayor Ada Brandt said on Monday.\n" for name in ("a-b.txt", "a.txt", "a/c.txt", "a/d/e.txt", "a0.txt", "Z.txt", "é.txt")}
    for name, text in texts.items():
        os.makedirs(os.path.dirname(f"{folder}/w/{name}"), exist_ok=True)
        write(f"{folder}/w/{name}", text)
    for given in (folder + "/w", folder + "/w/"):
        docs = [row["doc"] for row in expect(run(given), 0).rows()]
        assert docs == [folder + "/w/" + name for name in sorted(texts, key=str.encode)], docs


def every_stage_prints_its_layer_as_json_lines(folder):
    _corpus(folder)
    for stage in ("normalise", "segment", "tag", "mentions", "quotations", "attribute", "resolve", "score"):
        result = expect(run("--until=" + stage, folder + "/corpus"), 0)
        lines = [json.loads(line) for line in result.out.decode().splitlines()]
        assert lines and all("doc" in line and "layer" in line for line in lines)


def an_output_file_is_replaced_as_a_whole(folder):
    write(folder + "/a.txt", "“It’s over,” Mayor Ada Brandt said on Monday.\n")
    write(folder + "/out.tsv", "old")
    os.chmod(folder + "/out.tsv", 0o640)
    os.symlink("out.tsv", folder + "/link.tsv")
    expect(run(folder + "/a.txt", "-o", folder + "/link.tsv"), 0)
    assert open(folder + "/out.tsv").read().startswith("doc\t") and os.path.islink(folder + "/link.tsv")
    assert os.stat(folder + "/out.tsv").st_mode & 0o777 == 0o640
    assert sorted(os.listdir(folder)) == ["a.txt", "link.tsv", "out.tsv"]


run_tests(globals())
