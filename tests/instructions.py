#!/usr/bin/env python3
"""instructions: how much the program does for fixed input, in instructions as callgrind counts them, so that a slow-down is seen without a clock.

tests/instructions.tsv holds the figures of a build (compiler, its options, machine), those of the articles without start-up; more than 3 % above one
fails. From run to run they differ by some hundredths of a percent (json-c draws a seed). A build without figures is not measured (status 77: skipped),
nor is any where valgrind is missing. --update writes the figures of this build anew.
"""
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from program import IS_SANITIZED, PROGRAM

SOURCE = os.path.abspath(os.environ.get("srcdir", "."))
TABLE = os.path.join(SOURCE, "tests", "instructions.tsv")
HEADER = "build\tname\tinstructions"
LIMIT = 1.03
SKIPPED = 77
SAMPLES = ["wire-typhoon-philippines", "broadsheet-library-cuts", "interview-film-director", "obituary-cartographer", "sport-cup-upset",
           "transcript-harbour-strike"]


def _build():
    """What decides the count besides the source: compiler and version, its options, the machine and the vectors that it offers."""
    compiler = shlex.split(os.environ.get("CC") or "cc")
    asked = subprocess.run([*compiler, "-E", "-P", "-"], input=b"__clang_major__ __GNUC__", stdout=subprocess.PIPE, check=True)
    clang, gcc = asked.stdout.decode().split()[-2:]
    name = f"clang {clang}" if clang.isdigit() else f"gcc {gcc}"
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpu:
            vectors = "avx2" if " avx2 " in cpu.read() else "no avx2"
    except OSError:
        vectors = "vectors unknown"
    return f"{name} {os.environ.get('CFLAGS', '').strip()}, {platform.machine()}, {vectors}"


def _texts():
    for name in SAMPLES:
        with open(os.path.join(SOURCE, "corpus", "samples", name + ".txt"), encoding="utf-8") as file:
            yield name, file.read()


def _write_inputs(folder):
    """The same articles as JSON lines, table and pages, under names of always the same length."""
    with open(f"{folder}/a.jsonl", "w", encoding="utf-8") as lines, open(f"{folder}/a.csv", "w", encoding="utf-8") as table:
        table.write("id,text\n")
        for name, text in _texts():
            lines.write(json.dumps({"id": name, "text": text}) + "\n")
            table.write('%s,"%s"\n' % (name, text.replace('"', '""')))
            paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in text.split("\n\n"))
            with open(f"{folder}/{name}.html", "w", encoding="utf-8") as page:
                page.write("<!doctype html><html><head><meta charset=utf-8></head><body><nav><a href=/>Home</a></nav>"
                           f"<article>{paragraphs}</article></body></html>")
    with open(f"{folder}/none.jsonl", "w", encoding="utf-8"):
        pass


START = "start-up"
CASES = {
    START: ["none.jsonl"],
    "jsonl": ["a.jsonl"],
    "csv": ["--from=csv", "a.csv"],
    "html": [name + ".html" for name in SAMPLES],
    "explain": ["--to=jsonl", "--explain", "a.jsonl"],
    "rules alone": ["--model=none", "a.jsonl"],
}


def _count(folder, arguments):
    """Instructions of one run, in an empty environment so that the stack begins at the same place."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", os.path.abspath(PROGRAM), "-j1", *arguments]
    done = subprocess.run(command, cwd=folder, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode("utf-8", "replace")
    collected = re.search(r"Collected\s*:\s*(\d+)", said)
    assert done.returncode == 0 and collected, said
    return int(collected.group(1))


def _measure():
    """Instructions by name; start-up is taken off the others, which it would hide."""
    with tempfile.TemporaryDirectory() as folder:
        _write_inputs(folder)
        found = {name: _count(folder, arguments) for name, arguments in CASES.items()}
    return {name: count - (found[START] if name != START else 0) for name, count in found.items()}


def _read_table():
    """Figures by build and name."""
    figures = {}
    if os.path.exists(TABLE):
        with open(TABLE, encoding="utf-8") as table:
            assert table.readline().rstrip("\n") == HEADER, f"{TABLE}: not the header {HEADER!r}"
            for line in table:
                build, name, count = line.rstrip("\n").split("\t")
                figures.setdefault(build, {})[name] = int(count)
    return figures


def _write_table(figures):
    with open(TABLE, "w", encoding="utf-8") as table:
        table.write(HEADER + "\n")
        for build in sorted(figures):
            for name, count in figures[build].items():
                table.write(f"{build}\t{name}\t{count}\n")


def _compare(found, stored):
    """Prints each figure beside the stored one; how many are too large."""
    n_failed = 0
    for name, count in found.items():
        if name not in stored:
            print(f"FAILED {name}: {count} instructions, no figure to compare with")
            n_failed += 1
            continue
        is_over = count > LIMIT * stored[name]
        n_failed += is_over
        print(f"{'FAILED' if is_over else 'ok'} {name}: {count} instructions, {100 * (count / stored[name] - 1):+.1f} % against {stored[name]}")
    return n_failed


def main():
    if IS_SANITIZED or not shutil.which("valgrind"):
        print("skipped: " + ("a build with sanitizers" if IS_SANITIZED else "valgrind is not installed"))
        return SKIPPED
    build, figures = _build(), _read_table()
    if "--update" in sys.argv[1:]:
        figures[build] = _measure()
        _write_table(figures)
        print(f"{TABLE}: figures of '{build}' written")
        return 0
    if build not in figures:
        print(f"skipped: {TABLE} has no figures of '{build}'; make instructions-update adds them")
        return SKIPPED
    if not _compare(_measure(), figures[build]):
        return 0
    print("More instructions than before. Other weights in corpus/models/quoth.model and longer lists in corpus/lexicon move these figures too:\n"
          "where that or a gain in accuracy is the reason, `make instructions-update` takes them as the new ones, and the commit says why.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
