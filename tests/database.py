#!/usr/bin/env python3
"""database: --to=sqlite gives the rows of TSV in tables that SQLite finds whole, the same for any number of workers, or no file at all."""
import json
import os
import resource
import signal
import sqlite3
import subprocess
import time

from program import HEADER, PROGRAM, expect, limit, run, run_tests, write

SOURCE = os.environ.get("srcdir", ".")
CORPUS = os.path.join(SOURCE, "corpus")
FEED = os.path.join(CORPUS, "feed.jsonl")
COLUMNS = HEADER.split("\t")
SPANS = ("quote_spans", "source_spans", "cue_spans")
ARTICLE = "“The bridge stays closed,” Mayor Ada Brandt said on Monday. She denied that the money was gone.\n"


def _make(folder, *arguments, status=0, words=(), name="quotes.db", **more):
    """The database that a run makes, open."""
    expect(run("--to=sqlite", "-o", f"{folder}/{name}", *arguments, **more), status, *words)
    assert not _hidden(folder)
    return sqlite3.connect(f"{folder}/{name}")


def _hidden(folder):
    return [name for name in os.listdir(folder) if name.startswith(".")]


def _as_table(column, value):
    """A value of the database as TSV has it."""
    if column in SPANS:
        return ",".join(f"{begin}-{end}" for begin, end in json.loads(value))
    if column in ("confidence", "checkworthy"):
        return "" if value is None else f"{value:.3f}"
    return " ".join(value.split()).replace("\\", "\\\\")


def _rows(database):
    found = database.execute(f"SELECT {', '.join(COLUMNS)} FROM attributions ORDER BY quote_number").fetchall()
    return [{column: _as_table(column, value) for column, value in zip(COLUMNS, row)} for row in found]


def _assert_is_sound(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not database.execute("PRAGMA foreign_key_check").fetchall()
    database.execute("INSERT INTO claims (claims, rank) VALUES ('integrity-check', 1)")


def the_rows_are_those_of_the_table(folder):
    odd = "\\n', \"x\"); DROP TABLE quotes; -- \t said Ada Brandt\n\n“We go\n\tto C:\\new,” she said. \x01 “We\x00 do,” he said."
    write(f"{folder}/odd.jsonl", json.dumps({"id": "a 'b'\\c", "text": odd}) + "\n" + json.dumps({"id": "", "text": ARTICLE}) + "\n")
    cases = (((f"{CORPUS}/samples", FEED, FEED, f"{folder}/odd.jsonl"), 250), (("--model=none", FEED), 50),
             (("--kinds=direct", "--min-checkworthy=0.1", FEED), 3), ((f"--gazetteer={CORPUS}/gazetteer.tsv", f"{CORPUS}/samples"), 200))
    for arguments, least in cases:
        want = expect(run(*arguments), 0).rows()
        database = _make(folder, *arguments)
        rows = _rows(database)
        assert len(rows) >= least
        for found, row in zip(rows, want):
            assert found == row, (found, row)
        assert len(rows) == len(want)
        _assert_is_sound(database)
    assert [row for row in rows if row["speaker_id"]]


def any_number_of_workers_gives_the_same_file(folder):
    files = []
    for jobs in (1, 2, 5):
        _make(folder, "-j", jobs, f"{CORPUS}/samples", FEED, f"{CORPUS}/samples").close()
        with open(f"{folder}/quotes.db", "rb") as file:
            files.append(file.read())
    assert files[0] == files[1] == files[2]


def documents_are_there_with_their_metadata_and_text(folder):
    with open(FEED, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    records.append({"id": "silent", "text": "Nobody speaks here."})
    path = write(f"{folder}/in.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    names = ("id", "url", "title", "date", "outlet", "text")
    database = _make(folder, "--with-text", path)
    found = database.execute("SELECT doc, url, title, date, outlet, text FROM documents ORDER BY document_number").fetchall()
    assert found == [tuple(record.get(name) for name in names) for record in records]
    assert _make(folder, path).execute("SELECT count(*), count(text) FROM documents").fetchone() == (len(records), 0)


def spans_lead_into_the_text_whatever_bytes_it_has(folder):
    os.mkdir(f"{folder}/in")
    for name, text in (("a", ARTICLE.encode()), ("b", b"caf\xe9 " + ARTICLE.encode()), ("c", b"\x00 " + ARTICLE.encode())):
        write(f"{folder}/in/{name}.txt", text)
    database = _make(folder, "--with-text", f"{folder}/in")
    kinds = database.execute("SELECT typeof(text) FROM documents ORDER BY doc").fetchall()
    assert kinds == [("text",), ("blob",), ("blob",)]
    rows = database.execute("SELECT quote, quote_spans, CAST(text AS BLOB) FROM attributions").fetchall()
    assert len(rows) >= 6
    for quote, spans, text in rows:
        assert " ".join(text[begin:end].replace(b"\0", b"\xff").decode("utf-8", "replace") for begin, end in json.loads(spans)) == quote


def a_speaker_is_there_once(folder):
    database = _make(folder, f"{CORPUS}/samples", FEED)
    names = [name for name, in database.execute("SELECT speaker FROM speakers")]
    assert len(names) > 30 and "" not in names
    assert database.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM speakers GROUP BY speaker, speaker_kind)").fetchone() == (1,)


def words_are_found_in_any_form(folder):
    write(f"{folder}/a.txt", ARTICLE)
    write(f"{folder}/b.txt", "“The cafés are full,” Minister Ola Lind said. “The café is empty,” he said.\n")
    database = _make(folder, f"{folder}/a.txt", f"{folder}/b.txt")
    for words, doc, n in (("bridges", "a.txt", 1), ("CAFE", "b.txt", 2), ('"money was"', "a.txt", 1), ("cafe NOT full", "b.txt", 1)):
        found = database.execute("SELECT doc FROM claims JOIN attributions ON quote_number = claims.rowid WHERE claims MATCH ?", (words,))
        assert [name for name, in found] == [f"{folder}/{doc}"] * n, words


def what_fails_is_told_and_the_rest_is_there(folder):
    path = write(f"{folder}/in.jsonl", json.dumps({"id": "x", "text": ARTICLE}) + "\n{broken\n" + json.dumps({"id": "y", "text": ARTICLE}) + "\n")
    database = _make(folder, "--errors", f"{folder}/errors.tsv", path, status=1, words=("in.jsonl:2:",))
    assert [doc for doc, in database.execute("SELECT doc FROM documents")] == ["x", "y"]
    _assert_is_sound(database)
    with open(f"{folder}/errors.tsv", encoding="utf-8") as file:
        assert len(file.readlines()) == 2


def an_input_without_articles_gives_empty_tables(folder):
    database = _make(folder, "-f", "jsonl", "-")
    _assert_is_sound(database)
    assert database.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    assert not _rows(database)


def what_cannot_be_a_database_is_refused(folder):
    path = write(f"{folder}/a.txt", ARTICLE)
    os.mkfifo(f"{folder}/pipe")
    for arguments, words in (((), "--to=sqlite: needs a file to write to"), (("-o", "-"), "--to=sqlite: needs a file to write to"),
                             (("-o", f"{folder}/pipe"), "is no regular file"), (("-o", "/dev/full"), "is no regular file"),
                             (("-o", folder), "is no regular file"), (("-o", f"{folder}/none/q.db"), "No such file"),
                             (("-o", f"{folder}/q.db", f"--resume={folder}/j"), "--resume: does not go with --to=sqlite"),
                             (("-o", f"{folder}/q.db", "--explain"), "--explain:"),
                             (("-o", f"{folder}/q.db", "--until=tag"), "--until:")):
        expect(run("--to=sqlite", *arguments, path), 2, words)
    assert sorted(os.listdir(folder)) == ["a.txt", "pipe"]


def a_disk_that_is_full_leaves_the_old_file(folder):
    for size in (4096, 50000, 200000):
        write(f"{folder}/quotes.db", "old")
        result = run("--to=sqlite", "-o", f"{folder}/quotes.db", "--with-text", f"{CORPUS}/samples", FEED, preexec=limit(resource.RLIMIT_FSIZE, size))
        expect(result, 2, f"quoth: {folder}/quotes.db: File too large")
        assert os.listdir(folder) == ["quotes.db"]
        with open(f"{folder}/quotes.db", encoding="utf-8") as file:
            assert file.read() == "old"
    _assert_is_sound(_make(folder, FEED))


def a_run_that_is_ended_leaves_nothing(folder):
    for sent, stopped in ((signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, -signal.SIGINT)):
        process = subprocess.Popen([PROGRAM, "--to=sqlite", "-o", f"{folder}/quotes.db", "-f", "jsonl", "-"], stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        with open(FEED, "rb") as file:
            process.stdin.write(file.read())
        process.stdin.flush()
        while not _hidden(folder):
            time.sleep(0.01)
        process.send_signal(sent)
        process.wait(timeout=60)    # its input stays open: at its end the run would be complete
        _, err = process.communicate()
        assert process.returncode == stopped and b"the output file is not written" in err, (process.returncode, err)
        assert not os.listdir(folder)


def shards_have_the_rows_of_the_whole(folder):
    want = _rows(_make(folder, FEED))
    parts = [_rows(_make(folder, f"--shard={k}/3", FEED, name=f"{k}.db")) for k in (1, 2, 3)]
    assert all(parts) and sum(parts, []) == want


def _queries():
    """The statements of the README's section, each with the line above it."""
    with open(f"{SOURCE}/README.md", encoding="utf-8") as file:
        section = file.read().split("\n### A database\n")[1].split("\n## ")[0].split("\n### ")[0]
    code = [line[4:] for line in section.splitlines() if line.startswith("    ") and not line.startswith("    quoth")]
    return [query.strip() for query in "\n".join(code).split(";") if query.strip()]


def each_query_of_the_readme_finds_something(folder):
    database = _make(folder, "--with-text", FEED)
    queries = _queries()
    assert len(queries) >= 10
    for query in queries:
        assert database.execute(query).fetchall(), query
        shown = subprocess.run(["sqlite3", f"{folder}/quotes.db"], input=f"{query};\n".encode(), stdout=subprocess.PIPE, check=True)
        assert shown.stdout, query


run_tests(globals())
