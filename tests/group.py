#!/usr/bin/env python3
"""group: quoth-group finds the same quote in many documents, whatever the order of the rows; and nothing is lost when something is wrong."""
import collections
import glob
import gzip
import json
import os
import random
import resource
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import group_quotes
import program
from group_quotes import as_json, as_tsv, known_rows, row
from program import IS_SANITIZED, expect, limit, run_tests, write

PROGRAM = os.path.join(os.environ.get("builddir", "."), "quoth-group")
SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")
ADDED = ["group", "variant", "first_seen", "outlets"]
HEADER = "\t".join(group_quotes.COLUMNS)
LONG = "The lanterns along the harbour went out one by one while the mayor was counting the boats"


def _run(folder, *arguments, **more):
    return program.run("--tmp", folder, *arguments, program=PROGRAM, **more)


def _json(result):
    return [json.loads(line) for line in result.out.decode().splitlines()]


def _lines(records, form=as_json):
    head = [] if form is as_json else [HEADER]
    return "".join(line + "\n" for line in head + [form(record) for record in records])


def _quotes(quotes, **more):
    """A row for each quote, in documents of their own."""
    return [row(f"gull/{i}.txt", i, "direct", "Ada Brandt", quote, **more) for i, quote in enumerate(quotes)]


def _grouped(folder, records, *arguments):
    result = expect(_run(folder, *arguments, stdin=_lines(records).encode()), 0)
    rows = _json(result)
    assert len(rows) == len(records)
    return rows


# ---- what is found ----

def _pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def _measure(folder, seed, n_bases, n_each, n_unrelated, has_dates=True):
    """Pairwise F1 of the groups; precision and recall of what is altered. Without dates, the quote itself stands in one row alone."""
    known = known_rows(seed, n_bases, n_each, n_unrelated)
    if not has_dates:
        known = [(record, group, kind) for record, group, kind in known if kind != "same" or record["date"] == "2026-01-01"]
        for record, _, _ in known:
            del record["date"]
    rows = _grouped(folder, [record for record, _, _ in known])
    truth = [record["id"] if group is None else group for record, group, _ in known]
    right = _pairs(collections.Counter((found["group"], group) for found, group in zip(rows, truth)).values())
    precision = right / _pairs(collections.Counter(found["group"] for found in rows).values())
    recall = right / _pairs(collections.Counter(truth).values())
    said = [found["variant"] == "altered" for found in rows]
    altered = [kind in group_quotes.ALTERED for _, _, kind in known]
    both = sum(a and b for a, b in zip(said, altered))
    return 2 * precision * recall / (precision + recall), both / sum(said), both / sum(altered)


def one_quote_in_a_thousand_documents(folder):
    f1, precision, recall = _measure(folder, 1, 1, 200, 4000)
    print(f"   groups F1 {f1:.4f}, altered P {precision:.4f} R {recall:.4f}")
    assert f1 >= 0.97 and precision >= 0.95 and recall >= 0.95


def ten_quotes_in_a_hundred_documents_each(folder):
    f1, precision, recall = _measure(folder, 2, 10, 20, 2000)
    print(f"   groups F1 {f1:.4f}, altered P {precision:.4f} R {recall:.4f}")
    assert f1 >= 0.97 and precision >= 0.95 and recall >= 0.95


def without_dates_the_others_tell_which_is_altered(folder):
    for seed, n_bases, n_each in (3, 1, 200), (4, 10, 20), (5, 10, 5):
        f1, precision, recall = _measure(folder, seed, n_bases, n_each, 1000, has_dates=False)
        print(f"   groups F1 {f1:.4f}, altered P {precision:.4f} R {recall:.4f}")
        assert f1 >= 0.97 and precision >= 0.95 and recall >= 0.95


def a_phrase_that_two_speeches_share_does_not_make_them_one(folder):
    shared = "our children will judge us by the water we leave them"
    one = f"I have walked this valley since I was a boy and I tell you {shared} and by nothing else that we build here"
    other = f"The pipes are older than the town hall, so let us be honest, {shared} when the last of these wells has run dry"
    rows = _grouped(folder, _quotes([one, other, shared]))
    assert rows[0]["group"] != rows[1]["group"]
    assert rows[2]["group"] in (rows[0]["group"], rows[1]["group"])


def few_words_are_grouped_by_speaker(folder):
    records = _quotes(["It was raining.", "it was “raining”", "It was raining", "It was raining"])
    records[2]["speaker"], records[3]["speaker"] = "Theo Lindqvist", ""
    groups = [found["group"] for found in _grouped(folder, records + _quotes(["It was snowing"]))]
    assert groups[0] == groups[1] and len(set(groups)) == 4, groups


def reported_speech_is_never_altered(folder):
    records = _quotes([LONG + " for the 12th time", LONG + " for the 15th time"])
    assert [found["variant"] for found in _grouped(folder, records)].count("altered") == 1
    for record in records:
        record["kind"] = "indirect"
    rows = _grouped(folder, records)
    assert rows[0]["group"] == rows[1]["group"]
    assert sorted(found["variant"] for found in rows) == ["identical", "reworded"]


def the_earliest_quote_stands_for_the_group(folder):
    records = _quotes([LONG, LONG.replace("mayor", "bishop"), LONG, LONG[:60]])
    for record, date in zip(records, ["2026-03-02", "2026-03-01T23:00:00-05:00", "2026-03-05", None]):
        record.update({"date": date} if date else {})
    rows = _grouped(folder, records)
    assert [found["variant"] for found in rows] == ["identical", "altered", "identical", "trimmed"], rows
    assert {found["first_seen"] for found in rows} == {"2026-03-02"}
    records[1]["date"] = "2026-03-01"
    rows = _grouped(folder, records)
    assert [found["variant"] for found in rows] == ["altered", "identical", "altered", "trimmed"], rows
    assert rows[0]["difference"][1:3] == [["-", "bishop"], ["+", "mayor"]], rows[0]["difference"]


def quotations_stand_before_reported_speech(folder):
    records = _quotes([LONG, LONG.replace("mayor", "bishop"), LONG])
    records[0].update(kind="indirect", date="2026-03-01")
    records[1]["date"] = "2026-03-03"
    records[2]["date"] = "2026-03-02"
    rows = _grouped(folder, records)
    assert [found["variant"] for found in rows] == ["identical", "altered", "identical"], rows
    assert {found["first_seen"] for found in rows} == {"2026-03-01"}


def outlets_are_counted(folder):
    records = _quotes([LONG] * 6)
    for i, (record, name) in enumerate(zip(records, ["gull/a/1.txt", "gull/a/2.txt", "tern/1.txt", "x", "y", "z"])):
        record["doc"] = name
    records[3]["outlet"] = records[4]["outlet"] = "The Heron"
    records[5]["url"] = "https://www.heron.example/page"
    assert [found["outlets"] for found in _grouped(folder, records)] == [4] * 6
    assert [found["outlets"] for found in _grouped(folder, records[:1])] == [1]


def a_quote_without_words_has_no_group(folder):
    rows = _grouped(folder, _quotes(["…", "", LONG]))
    assert [(found["group"], found["variant"], found["outlets"]) for found in rows[:2]] == [("", "", None)] * 2
    assert len(rows[2]["group"]) == 16 and rows[2]["variant"] == "identical" and rows[2]["difference"] == []


# ---- rows ----

def every_row_is_as_it_was_with_columns_at_its_end(folder):
    records = [record for record, _, _ in known_rows(3, 3, 2, 20)]
    records[0]["quote"] = "a \\\\ backslash, and a brace } at the end of it"
    given = _lines(records, as_tsv)
    lines = expect(_run(folder, stdin=given.encode()), 0).out.decode().split("\n")
    assert lines[0] == HEADER + "\t" + "\t".join(ADDED)
    assert ["\t".join(line.split("\t")[:-4]) for line in lines[:-1]] == given.split("\n")[:-1]
    given = _lines(records)
    for line, before in zip(expect(_run(folder, stdin=given.encode()), 0).out.decode().splitlines(), given.splitlines()):
        assert line.startswith(before[:-1] + ',"group":"'), line


def what_quoth_writes_is_read(folder):
    for form in "tsv", "jsonl":
        rows = program.run("--to", form, SAMPLES).out
        result = expect(_run(folder, stdin=rows), 0)
        assert len(result.out.splitlines()) == len(rows.splitlines())


def tsv_and_json_lines_say_the_same(folder):
    records = [record for record, _, _ in known_rows(4, 4, 3, 50)]
    for record in records:
        del record["date"]
    lines = expect(_run(folder, stdin=_lines(records, as_tsv).encode()), 0).out.decode().splitlines()[1:]
    for line, found in zip(lines, _grouped(folder, records)):
        assert line.split("\t")[-4:] == [found["group"], found["variant"], found["first_seen"], str(found["outlets"])]


def _values(rows):
    return {found["doc"]: [found[name] for name in ADDED + ["difference"]] for found in rows}


def the_order_of_the_rows_does_not_matter(folder):
    records = [record for record, _, _ in known_rows(5, 10, 10, 1500)]
    values = _values(_grouped(folder, records))
    for seed in range(3):
        random.Random(seed).shuffle(records)
        rows = _grouped(folder, records, "--jobs", seed + 1)
        assert [found["doc"] for found in rows] == [record["doc"] for record in records], "rows are in another order"
        assert _values(rows) == values


def nor_do_files_memory_and_threads(folder):
    records = [record for record, _, _ in known_rows(6, 10, 10, 30000 if not IS_SANITIZED else 3000)]
    expected = expect(_run(folder, "-j1", "-m1G", stdin=_lines(records).encode()), 0).out
    paths = [write(f"{folder}/{i}.jsonl", _lines(records[i::3])) for i in range(3)]
    rows = _json(expect(_run(folder, "-j4", "-m4M", *paths), 0))
    assert _values(rows) == _values([json.loads(line) for line in expected.splitlines()])
    assert not glob.glob(folder + "/.quoth*"), "a temporary file is left"


def what_was_grouped_can_be_grouped_again(folder):
    records = [record for record, _, _ in known_rows(7, 4, 3, 50)]
    for form in as_json, as_tsv:
        once = expect(_run(folder, stdin=_lines(records, form).encode()), 0).out
        twice = expect(_run(folder, stdin=once), 0).out
        if form is as_tsv:
            assert once == twice
        else:
            assert [json.loads(line) for line in once.splitlines()] == [json.loads(line) for line in twice.splitlines()]


def files_may_be_packed_or_put_together(folder):
    records = _quotes([LONG, LONG, "no"])
    table = _lines(records, as_tsv)
    with gzip.open(folder + "/a.tsv.gz", "wb") as file:
        file.write((table + table).encode())
    lines = expect(_run(folder, folder + "/a.tsv.gz"), 0).out.decode().splitlines()
    assert len(lines) == 7
    assert len(expect(_run(folder, stdin=table.replace("\n", "\r\n").encode()), 0).out.splitlines()) == 4
    assert expect(_run(folder, stdin=b""), 0).out == b""
    assert expect(_run(folder, stdin=(HEADER + "\n").encode()), 0).out.decode() == HEADER + "\t" + "\t".join(ADDED) + "\n"


# ---- what is wrong ----

def bad_rows_are_told_and_left_out(folder):
    good = as_json(_quotes([LONG])[0])
    bad = ["{\"quote\": \"no end", "[1]", "{\"doc\": \"x\"}", "{\"quote\": 7}", "garbage", "{} {}"]
    path = write(folder + "/rows.jsonl", "\n".join([good] + bad + [good]) + "\n")
    result = expect(_run(folder, path), 1, *[f"{path}:{number}: " for number in range(2, 8)])
    assert len(result.out.splitlines()) == 2
    table = _lines(_quotes([LONG, LONG]), as_tsv).splitlines()
    path = write(folder + "/rows.tsv", "\n".join(table[:2] + ["a\tb", table[1] + "\tmore"] + table[2:]))
    result = expect(_run(folder, path), 1, f"{path}:3: 2 fields, where the header has 16", f"{path}:4: 17 fields")
    assert len(result.out.splitlines()) == 3
    path = write(folder + "/flood.jsonl", good + "\n" + "x\n" * 500)
    assert len(expect(_run(folder, path), 1, "400 more such messages").messages()) == 101


def files_that_do_not_fit_are_told_and_left_out(folder):
    table = write(folder + "/a.tsv", _lines(_quotes([LONG]), as_tsv))
    lines = write(folder + "/b.jsonl", _lines(_quotes([LONG])))
    other = write(folder + "/c.tsv", "doc\tquote\nx\tyes\n")
    none = write(folder + "/d.tsv", "one\ttwo\n1\t2\n")
    result = expect(_run(folder, table, lines, other, none, folder + "/none.tsv", folder), 1, f"{lines}: is JSON lines",
                    f"{other}: has other columns", f"{none}:1: no rows of quoth's", "none.tsv: No such file", f"{folder}: Is a directory")
    assert len(result.out.splitlines()) == 2
    expect(_run(folder, "--from=jsonl", table), 1, "a.tsv:1: a row must be a JSON object")


def bytes_that_are_no_text_do_no_harm(folder):
    random_ = random.Random(9)
    noise = bytes(random_.randrange(256) for _ in range(20000))
    assert _run(folder, stdin=noise).status == 1
    assert _run(folder, "--from=jsonl", stdin=noise).status == 1
    table = (HEADER + "\n").encode() + b"".join(b"d\ti\tdirect\t" + b"\t" * 7 + noise[i:i + 150].translate(None, b"\t\n\r") + b"\t" * 5 + b"\n"
                                                for i in range(0, len(noise), 150))
    assert len(expect(_run(folder, stdin=table), 0).out.splitlines()) == len(table.splitlines())


def usage_is_held_to(folder):
    for arguments, words in ((["--no"], "--no: no such option"), (["--memory=1"], "--memory: not a size"), (["-m", "9999999G"], "--memory"),
                             (["--jobs=0"], "--jobs: not a number"), (["--from=csv"], "--from: no such format"), (["-o"], "needs a value")):
        expect(_run(folder, *arguments), 2, words)
    assert b"--memory=SIZE" in expect(_run(folder, "--help"), 0).out
    assert expect(_run(folder, "--version"), 0).out.startswith(b"quoth-group ")


def an_output_is_whole_or_as_it_was(folder):
    rows = write(folder + "/rows.jsonl", _lines([record for record, _, _ in known_rows(8, 10, 10, 2000)]))
    output = write(folder + "/out.jsonl", "before")
    result = _run(folder, "-o", output, rows, preexec=limit(resource.RLIMIT_FSIZE, 300_000))
    expect(result, 2)
    expect(_run(folder + "/none", "-o", output, rows), 2, "/none: a temporary file there: No such file")
    expect(_run(folder, "-o", folder + "/none/out", rows), 2, "none/out: No such file")
    with open(output) as file:
        assert file.read() == "before"
    expect(_run(folder, "-o", output, rows), 0)
    with open(output) as file:
        assert len(file.readlines()) == 10 * 61 + 2000
    assert sorted(os.listdir(folder)) == ["out.jsonl", "rows.jsonl"]


def a_full_disk_and_a_closed_pipe_are_told(folder):
    rows = write(folder + "/rows.jsonl", _lines([record for record, _, _ in known_rows(8, 10, 10, 5000)]))
    with open("/dev/full", "wb") as full:
        expect(_run(folder, rows, stdout=full), 2, "standard output: No space left")
    reader, writer = os.pipe()
    os.close(reader)
    expect(_run(folder, rows, stdout=writer), 2, "standard output: the program that reads it has closed the pipe")
    os.close(writer)


def a_signal_leaves_nothing_behind(folder):
    output = write(folder + "/out.tsv", "before")
    for number in signal.SIGTERM, signal.SIGINT:
        process = subprocess.Popen([PROGRAM, "--tmp", folder, "-o", output], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write((HEADER + "\n").encode())
        process.stdin.flush()
        while not glob.glob(folder + "/.out.tsv.*"):    # until it is at work
            assert process.poll() is None
        process.send_signal(number)
        err = process.communicate()[1]
        assert process.returncode == -number, (process.returncode, err)
        assert b"quoth-group: stopped by a signal: nothing is written" in err, err
    with open(output) as file:
        assert file.read() == "before"
    assert os.listdir(folder) == ["out.tsv"]


# ---- cost ----

def time_is_about_linear(folder):
    """What all rows have in common, a phrase or all of their words but one, must not cost the square of them."""
    random_ = random.Random(10)
    babble = group_quotes.Babble(random_, 2000)
    for make in (lambda: "the lanterns along the harbour " + babble.quote(8, 12), lambda: LONG + " " + babble.quote(2, 2),
                 lambda: "the harbour " * 40 + babble.quote(1, 2)):
        seconds = []
        for n in 2000, 8000:
            rows = write(folder + "/rows.jsonl", _lines(_quotes([make() for _ in range(n)])))
            seconds.append(min(expect(_run(folder, rows), 0).seconds for _ in range(2)))
        assert seconds[1] < 8 * seconds[0] + 0.3, seconds


if __name__ == "__main__":
    run_tests(globals())
