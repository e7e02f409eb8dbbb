#!/usr/bin/env python3
"""gazetteer_extract: quoth-gazetteer extract makes a gazetteer of a Wikidata dump, plain or gzip, whole, broken or cut off."""
import bz2
import gzip
import io
import lzma
import os
import resource
import signal
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import program
from program import IS_SANITIZED, expect, limit, run_tests, write
from wikidata_dump import dump, item, line, sample

PROGRAM = os.path.join(os.environ.get("builddir", "."), "quoth-gazetteer")
SAMPLE = os.path.join(os.environ.get("srcdir", "."), "corpus", "wikidata", "sample.json")
COLUMNS = ["id", "kind", "name", "aliases", "description", "country"]


def _run(*arguments, **more):
    return program.run("extract", *arguments, program=PROGRAM, **more)


def _rows(table):
    lines = table.decode().split("\n")
    assert lines[0] == "\t".join(COLUMNS), lines[0]
    assert lines[-1] == "", lines[-1]
    rows = [dict(zip(COLUMNS, row.split("\t"), strict=True)) for row in lines[1:-1]]
    return {row["id"]: row for row in rows}


def _person(id="Q1", name="Ada Brandt", **more):
    return item(id, {"en": name}, claims=[("P31", "Q5")], **more)


def _keeps_the_rest(folder, bad, *words):
    """A dump with a bad line between good ones: the line is told, the others have their rows."""
    lines = [line(_person("Q1")).encode(), bad, line(_person("Q3")).encode()]
    path = write(folder + "/dump.json", b"[\n" + b",\n".join(lines) + b"\n]\n")
    result = expect(_run(path), 1, f"quoth-gazetteer: {path}:3: ", *words)
    assert list(_rows(result.out)) == ["Q1", "Q3"], result.out
    return result


# ---- what is taken ----

def the_sample_is_what_the_generator_prints(folder):
    with open(SAMPLE) as file:
        assert file.read() == dump(map(line, sample()))


def people_and_organisations_have_rows(folder):
    rows = _rows(expect(_run(SAMPLE), 0).out)
    assert list(rows) == ["Q900001", "Q900002", "Q900003", "Q900004", "Q900005"], list(rows)
    assert rows["Q900001"] == {
        "id": "Q900001", "kind": "person", "name": "Milena Torvald", "aliases": "Milena A. Torvald|Milena Torvald-Rask",
        "description": "Minister of Tides of Norland; member of the Assembly of Norland; former ambassador of Norland to West Norland; "
                       "politician; diplomat; Norlandic politician and diplomat", "country": "Norland"}
    assert rows["Q900002"]["name"] == "Jörn Ålander" and rows["Q900002"]["country"] == "West Norland"
    assert rows["Q900003"]["kind"] == "organization" and rows["Q900003"]["aliases"] == "Tides Ministry|MoT"
    assert rows["Q900005"]["description"] == "" and rows["Q900005"]["aliases"] == ""


def other_languages_give_aliases(folder):
    rows = _rows(expect(_run("--languages=en,ru", SAMPLE), 0).out)
    assert rows["Q900001"]["aliases"].split("|") == ["Милена Торвальд", "Milena A. Torvald", "Milena Torvald-Rask", "Торвальд, Милена"]
    assert rows["Q900002"]["name"] == "Jörn Ålander", "what is named for all languages at once has a name in these too"


def the_first_language_gives_the_name(folder):
    rows = _rows(expect(_run("--languages=ru,en", SAMPLE), 0).out)
    assert rows["Q900001"]["name"] == "Милена Торвальд"
    assert rows["Q900004"]["name"] == "Harbour Party"


def all_languages_can_be_taken(folder):
    rows = _rows(expect(_run("-l", "en,all", SAMPLE), 0).out)
    assert rows["Q900007"]["name"] == "Nimetön"
    assert "Мілена Торвальд" in rows["Q900001"]["aliases"].split("|")


def kinds_and_sitelinks_choose(folder):
    assert list(_rows(expect(_run("--kinds=person", SAMPLE), 0).out)) == ["Q900001", "Q900002"]
    assert list(_rows(expect(_run("--kinds=organization", SAMPLE), 0).out)) == ["Q900003", "Q900004", "Q900005"]
    assert list(_rows(expect(_run("--min-sitelinks=2", SAMPLE), 0).out)) == ["Q900001", "Q900003"]
    assert list(_rows(expect(_run("-s4", "-k", "organization,person", SAMPLE), 0).out)) == ["Q900001"]


def classes_can_be_given(folder):
    classes = write(folder + "/classes.tsv", "class\tkind\tlabel\nQ3024240\torganization\thistorical country\n")
    assert list(_rows(expect(_run("--classes", classes, SAMPLE), 0).out)) == ["Q900102"]
    write(classes, "class\tkind\nQ5\tplant\n")
    expect(_run("--classes", classes, SAMPLE), 2, f"{classes}:2: the kind is none of")


def what_other_programs_pack_is_read(folder):
    with open(SAMPLE, "rb") as file:
        content = file.read()
    plain = _run(SAMPLE).out
    assert expect(_run(write(folder + "/dump.bz2", bz2.compress(content))), 0).out == plain
    assert expect(_run(write(folder + "/dump.xz", lzma.compress(content))), 0).out == plain
    with tarfile.open(folder + "/dumps.tar", "w") as archive:
        for name in ("a.json", "b.json"):
            member = tarfile.TarInfo(name)
            member.size = len(content) - 3
            archive.addfile(member, io.BytesIO(content))
    result = expect(_run(folder + "/dumps.tar"), 1, "dumps.tar/a.json:19: the dump is cut off", "dumps.tar/b.json:19: the dump is cut off")
    assert result.out == plain + plain[plain.index(b"\n") + 1:]


def gzip_and_pipes_are_read(folder):
    with open(SAMPLE, "rb") as file:
        content = file.read()
    plain = _run(SAMPLE).out
    half = len(content) // 2
    zipped = write(folder + "/dump", gzip.compress(content[:half]) + gzip.compress(content[half:]))
    assert expect(_run(zipped), 0).out == plain
    assert expect(_run("-", stdin=content), 0).out == plain
    with open(zipped, "rb") as file:
        assert expect(_run("-", stdin=file), 0).out == plain


def lines_without_an_array_are_taken(folder):
    path = write(folder + "/dump.jsonl", "\n".join(map(line, sample())))
    assert expect(_run(path), 0).out == _run(SAMPLE).out


def the_output_is_whole_or_not_there(folder):
    path = folder + "/table.tsv"
    assert expect(_run(SAMPLE, "-o", path), 0).out == b""
    with open(path, "rb") as file:
        assert file.read() == _run(SAMPLE).out
    assert os.listdir(folder) == ["table.tsv"]
    expect(_run(folder + "/none.json", "-o", path), 2, "none.json: No such file")
    with open(path, "rb") as file:
        assert file.read() == _run(SAMPLE).out


def labels_are_found_before_and_behind(folder):
    """What an id names may come first or last, and from anywhere in the dump."""
    entities = [item("Q7", {"en": "mayor"}), item("Q1", {"en": "A"}, claims=[("P31", "Q5"), ("P39", "Q7"), ("P39", "Q8"), ("P27", "Q9")]),
                item("Q8", {"en": "judge"}), item("Q9", {"en": "Norland"}, claims=[("P31", "Q43229")])]
    path = write(folder + "/dump.json", dump(map(line, entities)))
    rows = _rows(expect(_run(path), 0).out)
    assert rows["Q1"]["description"] == "mayor; judge" and rows["Q1"]["country"] == "Norland"
    assert _rows(expect(_run("--kinds=person", path), 0).out)["Q1"] == rows["Q1"]


# ---- what is broken ----

def broken_json_is_told(folder):
    _keeps_the_rest(folder, b'{"type":"item","id":"Q2","labels":{"en"}}', "broken JSON at byte 39: ")


def half_a_line_is_told(folder):
    _keeps_the_rest(folder, line(_person("Q2")).encode()[:100], "it ends too early")


def no_utf8_is_told(folder):
    bad = line(_person("Q2", "Bad")).encode().replace(b"Bad", b"B\xe9d")
    _keeps_the_rest(folder, bad, "a text is no valid UTF-8")


def a_nul_is_told(folder):
    _keeps_the_rest(folder, line(_person("Q2", "Bad")).encode().replace(b"Bad", b"B\0d"), "broken JSON at byte ")
    _keeps_the_rest(folder, line(_person("Q2", "Bad")).encode().replace(b"Bad", b"B\\u0000d"), "or holds a NUL")


def wrong_types_are_told(folder):
    _keeps_the_rest(folder, b'{"type":"item","id":"Q2","claims":"none"}', '"claims" is or holds string in place of object')
    _keeps_the_rest(folder, b'[1, 2]', "the line is no JSON object")
    _keeps_the_rest(folder, b'"item"', "the line is no JSON object")
    _keeps_the_rest(folder, b'{"id":"Q2"}', 'no "type" of a Wikidata entity')


def deep_nesting_is_told(folder):
    _keeps_the_rest(folder, b'{"type":"item","id":"Q2","x":' + b"[" * 100000 + b"]" * 100000 + b"}", "nesting too deep")
    _keeps_the_rest(folder, b'{"type":"item","id":"Q2","x":' + b'{"a":' * 100000, "nesting too deep")


def large_fields_are_told(folder):
    _keeps_the_rest(folder, line(_person("Q2", "x" * 10_000_000)).encode(), "take more than 65536 bytes")


def large_fields_of_no_concern_pass(folder):
    """Lines of many megabytes are read, in memory of their size."""
    first, last = line(item("Q2", {"en": "Eve Stone"}, claims=[("P31", "Q5"), ("P999", {"value": "BULK", "type": "string"})])).split("BULK")
    path = folder + "/dump.json"
    with open(path, "w") as file:
        file.write("[\n" + first)
        for _ in range(60):
            file.write("y" * 1_000_000)
        file.write(last + ",\n" + line(_person("Q3")) + "\n]\n")
    within = lambda megabytes: None if IS_SANITIZED else limit(resource.RLIMIT_AS, os.path.getsize(PROGRAM) + (megabytes << 20))
    result = expect(_run(path, preexec=within(512)), 0)
    assert list(_rows(result.out)) == ["Q2", "Q3"]
    result = expect(_run("--max-line=1M", path, preexec=within(32)), 1, f"{path}:2: the line is longer than 1048576 bytes")
    assert list(_rows(result.out)) == ["Q3"]
    expect(_run(path, preexec=within(128)), 2 if not IS_SANITIZED else 0, *[] if IS_SANITIZED else ["out of memory"])


def lines_whose_json_takes_much_memory_are_told(folder):
    """Two bytes of JSON can cost hundreds in a tree; what a line may cost is a multiple of the longest that is read."""
    bad = b'{"type":"item","id":"Q2","x":[' + b"{}," * 100_000 + b"0]}"
    path = write(folder + "/dump.json", b"[\n" + bad + b",\n" + line(_person("Q3")).encode() + b"\n]\n")
    assert list(_rows(expect(_run(path), 0).out)) == ["Q3"]
    within = None if IS_SANITIZED else limit(resource.RLIMIT_AS, os.path.getsize(PROGRAM) + (48 << 20))
    result = expect(_run("--max-line=1M", path, preexec=within), 1, f"{path}:2: the line's JSON may take more than 33554432 bytes of memory")
    assert list(_rows(result.out)) == ["Q3"]


def messages_do_not_flood(folder):
    path = write(folder + "/dump.json", "[\n" + "{},\n" * 1000 + line(_person()) + "\n]\n")
    result = expect(_run(path), 1, "900 more such messages")
    assert len(result.messages()) == 101
    assert list(_rows(result.out)) == ["Q1"]


def a_dump_cut_off_is_told_and_the_rest_kept(folder):
    whole = dump([line(_person("Q1")), line(_person("Q2")), line(_person("Q3"))])
    for cut, words in ((whole[:whole.index('"Q3"')], (":4: broken JSON", "it ends too early", ":5: the dump is cut off")),
                       (whole[:whole.index("]\n", len(whole) - 3)], (":5: the dump is cut off: its closing ] is missing",))):
        path = write(folder + "/dump.json", cut)
        result = expect(_run(path), 1, *words)
        assert list(_rows(result.out)) == (["Q1", "Q2"] if "Q3" not in cut else ["Q1", "Q2", "Q3"]), result.out


def gzip_cut_off_is_told_and_the_rest_kept(folder):
    whole = dump([line(_person(f"Q{i}", f"Name {i * i}")) for i in range(1, 2001)])
    zipped = gzip.compress(whole.encode())
    path = write(folder + "/dump.gz", zipped[:len(zipped) // 2])
    output = folder + "/table.tsv"
    result = expect(_run(path, "-o", output), 1, f"quoth-gazetteer: {path}:", "the gzip data ends too early (at byte")
    with open(output, "rb") as file:
        rows = _rows(file.read())
    assert 100 < len(rows) < 2000
    assert list(rows) == [f"Q{i}" for i in range(1, len(rows) + 1)]
    number = int(result.messages()[0].split(":")[2])
    assert number == len(rows) + 2, (number, len(rows))


def gzip_that_is_altered_is_told(folder):
    zipped = bytearray(gzip.compress(dump([line(_person(f"Q{i}", f"Name {i * i}")) for i in range(1, 2001)]).encode()))
    zipped[len(zipped) // 2:len(zipped) // 2 + 8] = b"\xff" * 8
    result = expect(_run(write(folder + "/dump.gz", zipped)), 1, "(at byte ")
    assert 100 < len(_rows(result.out)) < 2000


def what_stands_behind_the_array_is_told(folder):
    result = expect(_run("-", stdin=(dump([line(_person())]) + "{}\n").encode()), 1, "-:4: something stands behind the array's closing ]")
    assert list(_rows(result.out)) == ["Q1"]


def an_empty_dump_has_no_rows(folder):
    assert _rows(expect(_run("-", stdin=b""), 0).out) == {}
    assert _rows(expect(_run("-", stdin=b"[\n]\n"), 0).out) == {}


# ---- usage and surroundings ----

def bad_usage_is_told(folder):
    for arguments, words in (((), "the dump is missing"), ((SAMPLE, SAMPLE), "more than one dump"),
                             (("--kinds=persons", SAMPLE), "--kinds: no such kind"), (("--min-sitelinks=-1", SAMPLE), "--min-sitelinks: not a"),
                             (("--memory=0", SAMPLE), "--memory: not a size"), (("--max-line=9T", SAMPLE), "--max-line: not a size"), (("--max-line=2G", SAMPLE), "--max-line: not a size from 1 to 1G"),
                             (("--languages=,", SAMPLE), "--languages: names no language"),
                             (("--colour", SAMPLE), "quoth-gazetteer: --colour: no such option"),
                             ((SAMPLE, "--kinds"), "quoth-gazetteer: --kinds: needs a value"), (("-q", SAMPLE), "-q: no such option"),
                             (("--temporary=" + folder + "/none", SAMPLE), "a temporary file there: No such file")):
        result = expect(_run(*arguments), 2, words)
        assert result.out == b"", result.out


def memory_for_values_has_a_limit(folder):
    entities = [item(f"Q{i}", {"en": "A"}, claims=[("P31", "Q5"), ("P39", f"Q{i + 10000}")]) for i in range(1, 5001)]
    path = write(folder + "/dump.json", dump(map(line, entities)))
    result = expect(_run("--memory=64K", path), 0, "found no room (see --memory)")
    assert len(_rows(result.out)) == 5000


def a_full_disk_is_told(folder):
    if not os.path.exists("/dev/full"):
        return
    expect(_run(SAMPLE, "-o", "/dev/full"), 2, "/dev/full: No space left")
    entities = [line(_person(f"Q{i}", "n" * 200)) for i in range(1, 2001)]
    path = write(folder + "/dump.json", dump(entities))
    ignore = lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), limit(resource.RLIMIT_FSIZE, 100000)())
    expect(_run(path, "-o", folder + "/table.tsv", preexec=ignore), 2, "a temporary file there: File too large")
    assert sorted(os.listdir(folder)) == ["dump.json"]


def a_signal_leaves_nothing_behind(folder):
    process = subprocess.Popen([PROGRAM, "extract", "-", "-o", folder + "/table.tsv"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    # More than the pipe holds: once it is written, the program reads, and so has its handlers.
    process.stdin.write(b"[\n" + b"".join(line(_person(f"Q{i}", "n" * 200)).encode() + b",\n" for i in range(1, 2001)))
    process.stdin.flush()
    process.send_signal(signal.SIGTERM)
    message = process.stderr.read()
    process.stdin.close()
    assert process.wait(60) == -signal.SIGTERM
    assert b"stopped by a signal" in message, message
    assert os.listdir(folder) == []


def progress_is_shown_where_asked(folder):
    result = expect(_run("--progress", SAMPLE), 0)
    assert b"19 " in result.err, result.err
    for packed in (gzip.compress, bz2.compress):
        result = expect(_run("--progress", write(f"{folder}/packed", packed(open(SAMPLE, "rb").read()))), 0)
        assert b" 0 of 0 MB" in result.err, "the file's size is known, packed or not"
    assert _run(SAMPLE).err == b""


run_tests(globals())
