#!/usr/bin/env python3
"""gazetteer: quoth --gazetteer and quoth-gazetteer, as programs.

A table and what is compiled of it give the same rows; what is wrong with either has a message with its place, and the rest counts;
a large one is opened fast and in little memory. GAZETTEER_ENTRIES=N measures with N entries instead of 30000 and prints what it
took.
"""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import program
from program import IS_SANITIZED, expect, run, run_tests, write

SOURCE = os.environ.get("srcdir", ".")
SAMPLES = os.path.join(SOURCE, "corpus", "samples")
TABLE = os.path.join(SOURCE, "corpus", "gazetteer.tsv")
COMPILER = os.path.join(os.environ.get("builddir", "."), "quoth-gazetteer")
HEADER = "id\tkind\tname\taliases\tdescription\tcountry\n"
TEXT = "“No,” said Ada Brandt.\n"
N_ENTRIES = int(os.environ.get("GAZETTEER_ENTRIES", 30000))
# What a test asks of a busy machine is less than what is promised.
PATIENCE = 4


def _compile(table, output, status=0, *words):
    result = subprocess.run([COMPILER, "compile", "-o", output, table], stderr=subprocess.PIPE, check=False)
    messages = result.stderr.decode()
    assert result.returncode == status, (result.returncode, messages)
    assert all(line.startswith("quoth-gazetteer: ") for line in messages.splitlines()), messages
    for word in words:
        assert word in messages, messages
    return output


def _ids(result):
    return [row["speaker_id"] for row in result.rows()]


def _make_large(folder):
    with open(SOURCE + "/corpus/gazetteer.tsv", encoding="utf-8") as file:
        known = file.read()
    made = subprocess.run([sys.executable, os.path.join(SOURCE, "tests", "make_gazetteer.py"), str(N_ENTRIES)], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    return write(folder + "/large.tsv", made + known.split("\n", 1)[1])


def _memory(*arguments):
    """Peak memory in MiB once quoth waits for its input, read while it does: a child's own peak counts that of its parent's fork."""
    with subprocess.Popen([program.PROGRAM, "-j1", *arguments, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        n_waiting = 0
        while n_waiting < 5:
            time.sleep(0.02)
            with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
                status = dict(line.split(":\t", 1) for line in file)
            n_waiting = n_waiting + 1 if status["State"].startswith("S") else 0
        process.stdin.write(TEXT.encode())
    return int(status["VmHWM"].split()[0]) / 1024


# ---- both forms ----

def a_table_and_what_is_compiled_of_it_give_the_same_rows(folder):
    large = _make_large(folder)
    rows = []
    for table in (TABLE, large):
        for form in (table, _compile(table, folder + "/compiled")):
            rows += [expect(run("-j", jobs, "--gazetteer=" + form, SAMPLES), 0).out for jobs in (1, 3)]
    assert len(set(rows)) == 1
    without = expect(run(SAMPLES), 0)
    with_ids = expect(run("--gazetteer=" + TABLE, SAMPLES), 0)
    assert set(_ids(without)) == {""} and len(set(_ids(with_ids))) > 30
    for a, b in zip(without.rows(), with_ids.rows()):
        assert {**a, "speaker_id": ""} == {**b, "speaker_id": ""}


def an_entity_of_the_link_stage_has_its_id(folder):
    table = write(folder + "/t.tsv", HEADER + "Q1\tperson\tAda Brandt\t\t\t\n")
    result = expect(run("--until=link", "--gazetteer=" + table, stdin=TEXT.encode()), 0)
    assert b'"id":"Q1"' in result.out


def each_id_and_each_missing_one_is_explained(_):
    rows = map(json.loads, expect(run("--to=jsonl", "--explain", "--gazetteer=" + TABLE, SAMPLES), 0).out.splitlines())
    explained = [(row["speaker"], row["speaker_id"], row["why"].get("speaker_id")) for row in rows]
    for speaker, found, why in explained:
        assert why or not found, speaker
        if not why:
            continue
        candidates = why["candidates"]
        assert why["because"] and 1 <= len(candidates) <= 5, (speaker, why)
        assert [item["id"] for item in candidates if item["chosen"]] == [found] * bool(found), (speaker, why)
        assert candidates[0]["chosen"] == bool(found)
        for item in candidates:
            assert item["weight"] == sum(reason["weight"] for reason in item["reasons"]), (speaker, item)
    whys = {found or speaker: why for speaker, found, why in explained if why}
    assert "another kind of work" in whys["Dario Conti"]["candidates"][0]["reasons"][0]["because"]
    assert "more speaks for it than for any other" in whys["S14"]["because"]
    assert "not enough speaks for one" in whys["Fiona McAllister"]["because"]
    assert {why["because"] for _, found, why in explained if found and len(why["candidates"]) == 1} == {
        "the only entry of this name, and something speaks for it", "the only entry of this name, and nothing speaks against it"}


def a_large_one_is_opened_fast_and_in_little_memory(folder):
    table = _make_large(folder)
    compiled = _compile(table, folder + "/compiled")
    text = write(folder + "/a.txt", TEXT)
    base = min((run("-j1", text) for _ in range(3)), key=lambda result: result.seconds).seconds
    base_memory, share = _memory(), N_ENTRIES / 1e6
    # A compiled one has up to 4 MiB of its file in memory while the checksum is taken, however small it is.
    for form, seconds, window in ((table, 1.0, 0), (compiled, 0.05, 4)):
        more = min((run("-j1", "--gazetteer=" + form, text) for _ in range(3)), key=lambda result: result.seconds).seconds - base
        memory = _memory("--gazetteer=" + form) - base_memory
        print(f"{os.path.basename(form)}: {N_ENTRIES} entries, {more:.3f} s of processor time, {memory:.1f} MiB above {base_memory:.1f}")
        if not IS_SANITIZED:
            assert more < seconds * share * PATIENCE + 0.05, more
            assert memory < 60 * share + 1 + window, memory


def a_run_is_resumed_with_the_same_gazetteer_alone(folder):
    text = write(folder + "/a.txt", TEXT)
    for more, status in (("", 0), ("Q2\tperson\tIda Holm\t\t\t\n", 2)):
        table = write(folder + "/t.tsv", HEADER + "Q1\tperson\tAda Brandt\t\t\t\n" + more)
        for form in (table, _compile(table, folder + "/t.gaz")):
            command = ["-o", form + ".out", "--resume=" + form + ".journal", "--gazetteer=" + form, text]
            expect(run(*command), status, *(["belongs to another command: it had gazetteer"] if status else []))


# ---- bad input ----

def bad_lines_are_told_and_the_rest_counts(folder):
    table = write(folder + "/t.tsv", HEADER + "Q1\tperson\tAda Brandt\t\t\t\nQ2\tpet\tRex\t\t\t\n")
    for form in (table, _compile(table, folder + "/compiled", 1, f"{table}:3: the kind is neither person nor organization: \"pet\"")):
        is_table = form == table
        result = expect(run("--gazetteer=" + form, stdin=TEXT.encode()), 1 if is_table else 0,
                        *([f"quoth: {table}:3: the kind"] if is_table else []))
        assert _ids(result) == ["Q1"]


def a_field_of_10_mb(folder):
    for number, line in enumerate(("x" * (10 << 20), "Q2\tperson\t" + "y" * (10 << 20) + "\t\t\t", "Q2\tperson\tA B\t" + "z|" * (5 << 20) + "\t\t")):
        table = write(folder + "/t.tsv", HEADER + line + "\nQ1\tperson\tAda Brandt\t\t\t\n")
        result = expect(run("--gazetteer=" + table, stdin=TEXT.encode()), 1, f"{table}:2: the line is longer than 131072 bytes")
        assert _ids(result) == ["Q1"], number
        assert IS_SANITIZED or result.peak < 100, result.peak


def a_line_of_the_greatest_length(folder):
    start = "Q2\tperson\tIda Holm\t"
    for more, status in ((0, 0), (1, 1)):
        line = start + "z|" * ((131072 - len(start) - 2) // 2)
        line += "x" * (131072 - len(line) - 2 + more) + "\t\t"
        table = write(folder + "/t.tsv", HEADER + line + "\nQ1\tperson\tAda Brandt\t\t\t")
        assert _ids(expect(run("--gazetteer=" + table, stdin=TEXT.encode()), status)) == ["Q1"]
        result = expect(run("--gazetteer=" + table, stdin="“No,” said Ida Holm.".encode()), status)
        assert _ids(result) == ["" if more else "Q2"]


def what_is_no_gazetteer_is_refused(folder):
    os.mkfifo(folder + "/pipe")
    good = write(folder + "/t.tsv", HEADER + "Q1\tperson\tAda Brandt\t\t\t\n")
    with open(_compile(good, folder + "/compiled"), "rb") as file:
        compiled = file.read()
    cases = [(folder + "/none", "No such file or directory"), (folder, "Is a directory"), ("/dev/null", "is no regular file"),
             (write(folder + "/empty", ""), "the file is empty"), (write(folder + "/article", TEXT), "the column \"id\" is missing"),
             (write(folder + "/cut", compiled[:-64]), "is cut short"), (write(folder + "/long", compiled + b"x"), "is damaged"),
             (write(folder + "/altered", compiled[:70] + b"X" + compiled[71:]), "is damaged (checksum)")]
    for path, what in cases:
        result = expect(run("--gazetteer=" + path, stdin=TEXT.encode()), 2, f"quoth: {path}", what)
        assert not result.out
    for path, what in cases[:5]:
        _compile(path, folder + "/never", 2, what)
        assert not os.path.exists(folder + "/never")


def the_compiler_says_what_it_lacks(folder):
    cases = [([], "an action is missing"), (["compile"], "a file is missing"), (["compile", TABLE], "--output: is needed"),
             (["compil", TABLE], "did you mean \"compile\"?"), (["compile", "-o", "/dev/null", TABLE], "is no regular file"),
             (["compile", "-o", folder + "/no/such", TABLE], "No such file"), (["compile", "a", "b"], "takes one file")]
    for arguments, what in cases:
        result = subprocess.run([COMPILER, *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE, check=False)
        assert result.returncode == 2 and what in result.stderr.decode(), (arguments, result.stderr)
        assert result.stderr.count(b"\n") == 1 and not result.stdout
    for option, what in (("--version", b"quoth-gazetteer "), ("--help", b"Usage: quoth-gazetteer ")):
        assert subprocess.run([COMPILER, option], stdout=subprocess.PIPE, check=True).stdout.startswith(what)


def many_of_one_name_take_linear_time(folder):
    seconds = []
    for n in (20000, 80000):
        table = write(folder + "/t.tsv", HEADER + "".join(f"Q{i}\tperson\tAda Brandt\tA B|B A\t\t\n" for i in range(n)))
        result = min((expect(run("-j1", "--gazetteer=" + table, stdin=TEXT.encode()), 0) for _ in range(3)), key=lambda r: r.seconds)
        assert _ids(result) == [""]
        seconds.append(result.seconds)
    assert seconds[1] < 8 * seconds[0] + 0.1, seconds


if __name__ == "__main__":
    run_tests(globals())
