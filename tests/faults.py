#!/usr/bin/env python3
"""faults: whichever call of the system fails, a run either ends with the right bytes or says so and leaves what the next one completes.

Each function of tests/faults.c fails at its first, second, third … call. QUOTH_FAULTS=all tries every call of malloc and pwrite too (minutes); else
a sample of them spread over the run. Where malloc fails, JSON, web pages and archives are left out: json-c drops a member without a word, libxml2
and libarchive crash; nobody outside of them can help that.
"""
import contextlib
import gzip
import json
import os
import re
import sqlite3
import subprocess
import tarfile
import tempfile

from program import IS_SANITIZED, PROGRAM, run_tests, write

SHIM = os.path.join(os.environ.get("builddir", "."), "tests", "faults.so")
SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")
FUNCTIONS = ("malloc", "read", "write", "fsync", "rename", "pthread_create")
FEW = 150


def _corpus(folder):
    """The sources, and those of them that are read without json-c, libxml2 and libarchive."""
    os.makedirs(f"{folder}/in")
    os.makedirs(f"{folder}/own")
    articles = []
    for name in sorted(os.listdir(SAMPLES))[:4]:
        with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
            articles.append((name, file.read()))
    lines = [json.dumps({"id": name, "text": text}) for name, text in articles] + ["{broken"]
    write(f"{folder}/in/a.jsonl", "\n".join(lines) + "\n")
    write(f"{folder}/in/b.jsonl.gz", gzip.compress("\n".join(lines[:2]).encode()))
    write(f"{folder}/own/c.txt", articles[0][1])
    write(f"{folder}/in/d.html", f"<html><body><p>{articles[1][1]}</p></body></html>")
    write(f"{folder}/in/d.rss", "<rss><channel><item><description>" + articles[3][1].replace("&", "&amp;").replace("<", "&lt;") + "</description></item></channel></rss>")
    write(f"{folder}/own/e.txt.gz", gzip.compress(articles[2][1].encode()))
    write(f"{folder}/own/empty.txt", "")
    with tarfile.open(f"{folder}/in/e.tar.xz", "w:xz") as tar:
        tar.add(f"{folder}/own/c.txt", "c.txt")
    write(f"{folder}/f.csv", 'id,text\nx,"The bridge is closed, Ada Brandt said."\n')
    own = [f"{folder}/own", f"{folder}/f.csv"]
    return [f"{folder}/in", *own], own


def _run(fault, *arguments):
    """Exit status, messages, and how often the function was called."""
    with tempfile.TemporaryFile() as count:
        environment = dict(os.environ, LD_PRELOAD=SHIM, FAULT=fault, FAULT_COUNT=str(count.fileno()))
        process = subprocess.run([PROGRAM, *arguments], env=environment, pass_fds=[count.fileno()], stderr=subprocess.PIPE, timeout=120, check=False)
        count.seek(0)
        number = count.read().split()
        return process.returncode, process.stderr.decode("utf-8", "replace"), int(number[0]) if number else 0


def _quoth(folder, sources, jobs, fault, *options):
    return _run(fault, *options, f"-j{jobs}", "--resume", f"{folder}/journal", "-o", f"{folder}/out.tsv", "--errors", f"{folder}/err.tsv", *sources)


def _take_away(folder):
    """The output and the errors, removed with all else that a run leaves; None where there is no output."""
    contents = []
    for name in ("out.tsv", "err.tsv", "journal", ".out.tsv.partial"):
        path = f"{folder}/{name}"
        contents.append(open(path, "rb").read() if os.path.exists(path) else None)
        if contents[-1] is not None:
            os.remove(path)
    return contents[:2]


def _calls(n, function, few=FEW):
    if function not in ("malloc", "pwrite") or n <= few or os.environ.get("QUOTH_FAULTS") == "all":
        return range(1, n + 1)
    return sorted({1 + i * n // few for i in range(few)})


def _try_all(folder, sources, jobs, function, want, *options, few=FEW):
    status, _, n = _quoth(folder, sources, jobs, f"{function}:0", *options)
    assert status == 1 and _take_away(folder) == want
    for call in _calls(n, function, few):
        status, err, _ = _quoth(folder, sources, jobs, f"{function}:{call}", *options)
        assert status in (1, 2), (function, call, status, err)
        if status == 2:
            assert "quoth: " in err, (function, call, err)
            assert not os.path.exists(f"{folder}/out.tsv") or function in ("rename", "fsync", "malloc", "write"), (function, call)
            status, err, _ = _quoth(folder, sources, jobs, "none:0", *options)
            assert status == 1, (function, call, status, err)
        assert _take_away(folder) == want, (function, call, err)
    return n


def whichever_call_fails_the_rows_are_right_in_the_end(folder):
    if IS_SANITIZED:
        print("skipped: the sanitizers' own malloc stands before ours")
        return
    all_sources, own_sources = _corpus(folder)
    for function in FUNCTIONS:
        sources = own_sources if function == "malloc" else all_sources
        status, err, _ = _quoth(folder, sources, 1, "none:0")
        assert status == 1, err
        want = _take_away(folder)
        assert want[0].count(b"\n") > 10 and want[1].count(b"\n") >= 2
        for jobs in (1, 2):
            n = _try_all(folder, sources, jobs, function, want)
            assert n > 0 or (function, jobs) == ("pthread_create", 1), f"no call of {function} was seen: is {SHIM} there, and loaded?"
            print(f"   {function}, -j{jobs}: {n} calls", flush=True)


def whichever_allocation_fails_a_page_is_right_in_the_end(folder):
    if IS_SANITIZED:
        print("skipped: the sanitizers' own malloc stands before ours")
        return
    sources = _corpus(folder)[1]
    status, err, _ = _quoth(folder, sources, 1, "none:0", "--to=html")
    want = _take_away(folder)
    assert status == 1 and want[0].endswith(b"</html>\n") and want[0].count(b'class="rows"') > 2, err
    n = _try_all(folder, sources, 2, "malloc", want, "--to=html", few=40)
    print(f"   malloc, -j2: {n} calls", flush=True)


def _take_database(folder):
    """All that the database says, removed with whatever else a run leaves beside it; None where there is none."""
    path, content = f"{folder}/db/quotes.db", None
    if os.path.exists(path):
        with contextlib.closing(sqlite3.connect(path)) as database:
            content = list(database.iterdump())
        os.remove(path)
    assert not os.listdir(f"{folder}/db")
    return content


def whichever_call_fails_a_database_is_whole_or_not_there(folder):
    if IS_SANITIZED:
        print("skipped: the sanitizers' own malloc stands before ours")
        return
    all_sources, own_sources = _corpus(folder)
    os.mkdir(f"{folder}/db")
    for function in ("malloc", "pread", "pwrite", "fsync", "rename", "pthread_create"):
        arguments = ("--to=sqlite", "-o", f"{folder}/db/quotes.db", *(own_sources if function == "malloc" else all_sources))
        for jobs in (1, 2):
            status, err, n = _run(f"{function}:0", f"-j{jobs}", *arguments)
            want = _take_database(folder)
            assert status == 1 and len(want) > 20, err
            assert n > 0 or (function, jobs) == ("pthread_create", 1), function
            for call in _calls(n, function):
                status, err, _ = _run(f"{function}:{call}", f"-j{jobs}", *arguments)
                assert "quoth: " in err and status in (1, 2), (function, call, status, err)
                found = _take_database(folder)
                if status == 1 and re.search("out of memory|Cannot allocate memory", err):    # without a journal such a document is told and left out
                    assert found, (call, err)
                else:
                    assert found == (want if status == 1 else None), (function, call, err)
            print(f"   {function}, -j{jobs}: {n} calls", flush=True)


run_tests(globals())
