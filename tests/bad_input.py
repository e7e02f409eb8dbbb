#!/usr/bin/env python3
"""bad_input: what the program does with what it can't read, or can't write, or with what is merely strange.

Each gets a message with its place (quoth: WHERE: WHAT), the rest of the batch goes on, nothing crashes, hangs or grows without bound.
"""
import json
import os
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import HEADER, IS_SANITIZED, PROGRAM, expect, limit, run, run_tests, write

GOOD = "The bridge is closed, “until further notice,” Mayor Ada Brandt said on Monday.\n"
RECORD = json.dumps({"id": "good", "text": GOOD}) + "\n"


def _good(folder, name="zz-good.txt"):
    return write(os.path.join(folder, name), GOOD)


def _goes_on(folder, bad, *words, name="a.txt", status=1):
    """A folder with a bad file and a good one: the bad one is reported, the good one has its row."""
    if bad is not None:
        write(os.path.join(folder, name), bad)
    _good(folder)
    result = expect(run(folder), status, *words)
    assert any(row["doc"].endswith("zz-good.txt") for row in result.rows()), result.out
    return result


def _reads(folder, content, **more):
    """Strange, but text: no error, and what is quoted in it can be found."""
    path = write(os.path.join(folder, "strange.txt"), content)
    result = expect(run(path, **more), 0)
    return result.rows()


# ---- files ----

def no_file(folder):
    good = _good(folder)
    result = expect(run(folder + "/none.txt", good), 1, f"quoth: {folder}/none.txt: No such file or directory")
    assert len(result.rows()) == 1


def no_permission(folder):
    if os.getuid() == 0:
        become = lambda: (os.setgroups([]), os.setgid(65534), os.setuid(65534))
        try:
            subprocess.run([PROGRAM, "--version"], preexec_fn=become, stdout=subprocess.DEVNULL, check=True)
        except (OSError, subprocess.SubprocessError):
            print("skipped: nobody can't reach the program")
            return
    else:
        become = None
    _good(folder)
    os.chmod(write(folder + "/a.txt", GOOD), 0)
    os.mkdir(folder + "/shut", 0)
    result = expect(run(folder, preexec=become), 1, f"{folder}/a.txt: Permission denied", f"{folder}/shut/: Permission denied")
    assert len(result.rows()) == 1
    os.chmod(folder + "/shut", 0o755)


def a_folder_loop_by_symlink(folder):
    os.makedirs(folder + "/x/y")
    os.symlink("..", folder + "/x/y/up")
    os.symlink("self.txt", folder + "/self.txt")
    result = _goes_on(folder, None, "x/y/up/: a symbolic link leads back", "self.txt: Too many levels")
    assert len(result.rows()) == 1


def a_symlink_that_leads_nowhere(folder):
    os.symlink("none.txt", folder + "/a.txt")
    _goes_on(folder, None, "a.txt: No such file")


def a_fifo_in_a_folder_is_not_waited_for(folder):
    os.mkfifo(folder + "/a.txt")
    _goes_on(folder, None, status=0)


def an_empty_file(folder):
    _goes_on(folder, "", "a.txt: the file is empty")


def only_white_space(folder):
    _goes_on(folder, " \n\t\r\n\u00a0\u3000\ufeff\n", "a.txt: the text is empty")


def a_folder_without_files_has_no_rows(folder):
    assert expect(run(folder), 0).rows() == []


def names_that_are_no_articles_are_told(folder):
    write(folder + "/gold.tsv", "a\tb\n")
    write(folder + "/.hidden.txt", GOOD)
    result = _goes_on(folder, None, "gold.tsv: left out for its name", status=0)
    assert len(result.rows()) == 1


# ---- bytes ----

def nul_bytes(folder):
    assert len(_reads(folder, GOOD + "\0\0\0 \0\n" + GOOD.replace("Monday", "Mon\0day"))) == 2


def utf16_and_utf32_with_a_mark(folder):
    for number, (name, mark) in enumerate([("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\0\0"),
                                           ("utf-32-be", b"\0\0\xfe\xff")]):
        write(f"{folder}/{number}.txt", mark + GOOD.encode(name))
        write(f"{folder}/{number}.jsonl", mark + RECORD.encode(name))
    result = _goes_on(folder, None, *[f"{n}.{e}: the text is UTF-{16 if n < 2 else 32}{'LB'[n % 2]}E" for n in range(4)
                                      for e in ("txt", "jsonl")])
    assert len(result.rows()) == 1


def latin_1(folder):
    assert len(_reads(folder, "The café is closed, Mayor Jürgen Brandt said.\n".encode("latin-1") + GOOD.encode())) >= 1


def truncated_utf8_at_the_end(folder):
    for cut in (1, 2, 3):
        assert len(_reads(folder, GOOD.encode() + "𝔄".encode()[:cut])) == 1


def overlong_and_surrogate_encodings(folder):
    assert len(_reads(folder, GOOD.encode() + b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf \xed\xa0\x80 \xf4\x90\x80\x80 \xff\n")) == 1


def a_byte_order_mark(folder):
    rows = _reads(folder, "\ufeff" + GOOD)
    assert len(rows) == 1 and int(rows[0]["quote_spans"].split("-")[0]) >= 3
    path = write(folder + "/a.jsonl", "\ufeff" + RECORD)
    assert [row["doc"] for row in expect(run(path), 0).rows()] == ["good"]


def control_characters(folder):
    rows = _reads(folder, GOOD + "".join(map(chr, range(1, 32))) + "\x7f\x80\x9f\n" + GOOD.replace("bridge", "bri\x01dge\x1b[31m"))
    assert len(rows) == 2


def bidirectional_overrides(folder):
    assert len(_reads(folder, GOOD.replace("until", "\u202euntil\u202c\u2066x\u2069"))) == 1


def control_characters_in_a_name_do_not_reach_the_terminal(folder):
    result = run(folder + "/a\x1b[31m\n.txt")
    assert result.status == 1 and b"\x1b" not in result.err and result.err.count(b"\n") == 1


# ---- size ----

def a_text_of_1_gb(folder):
    with open(folder + "/a.txt", "wb") as file:
        file.truncate(1 << 30)
    result = _goes_on(folder, None, "a.txt: the document is larger than 16777216 bytes")
    assert IS_SANITIZED or result.peak < 150, result.peak


def a_text_of_1_gb_from_a_pipe(folder):
    source = subprocess.Popen(["head", "-c", "1G", "/dev/zero"], stdout=subprocess.PIPE)
    result = expect(run("-", stdin=source.stdout), 1, "-: the document is larger than 16777216 bytes")
    source.stdout.close()
    source.wait()
    assert IS_SANITIZED or result.peak < 150, result.peak


def a_json_line_of_1_gb(folder):
    with open(folder + "/a.jsonl", "wb") as file:
        file.write(RECORD.encode() + b'{"id":"huge","text":"')
        file.truncate((1 << 30) // (8 if IS_SANITIZED else 1))
        file.seek(0, 2)
        file.write(b'"}\n' + RECORD.replace("good", "after").encode())
    for jobs in (1, 2):
        result = expect(run("-j", jobs, folder + "/a.jsonl"), 1, "a.jsonl:2: the record is larger than")
        assert [row["doc"] for row in result.rows()] == ["good", "after"]
        assert IS_SANITIZED or result.peak < 150, result.peak


def a_text_larger_than_max_document(folder):
    _good(folder, "a.txt")
    result = expect(run("--max-document=60", folder), 1, "a.txt: the document is larger than 60 bytes")
    assert result.rows() == []
    result = expect(run("--max-document=60", "--from=jsonl", stdin=RECORD.encode()), 1, "-:1: the text is larger than 60 bytes")
    assert result.rows() == []


def one_document_of_10_mb(folder):
    size = (1 if IS_SANITIZED else 10) << 20
    text = GOOD * (size // len(GOOD.encode()))
    assert len(_reads(folder, text)) > 1000
    record = json.dumps({"id": "large", "text": text}) + "\n"
    result = expect(run(write(folder + "/a.jsonl", record + RECORD)), 0)
    assert result.rows()[-1]["doc"] == "good"


def a_million_quotation_marks(folder):
    n = 1000 * (100 if IS_SANITIZED else 1000)
    for marks in ("“", "”", '"', "“a” ", "'", "\"a\" "):
        _reads(folder, GOOD + marks * (n // (len(marks.strip()) - marks.count("a"))) + "\n\n" + GOOD)


def a_hundred_thousand_nested_marks(folder):
    n = 100000
    for opening, closing in (("“", "”"), ("“‘", "’”"), ("«", "»"), ("„", "“"), ("``", "''"), ("“a ", " b”")):
        _reads(folder, GOOD + opening * n + "x" + closing * n + "\n\n" + GOOD)


def a_word_of_10_mb(folder):
    n = (1 if IS_SANITIZED else 10) << 20
    for letter in "aA9-@é":
        _reads(folder, GOOD + letter * (n // len(letter.encode())) + "\n\n" + GOOD)


def combining_marks_by_the_million(folder):
    n = 1000 * (100 if IS_SANITIZED else 1000)
    for marks in ("\u0301", "\u0301\u0316", "\u0316\u0301\u0327"):
        _reads(folder, GOOD + "e" + marks * (n // len(marks)) + "\n\n" + GOOD)


# ---- JSON lines ----

def broken_json(folder):
    lines = ["{", '{"text":"a', '{"text":"a"', '{"text":}', '{"text":"a",}', "{'text':'a'}", '{"text":"\\x"}', "nonsense", "\0",
             '{"text":"a"} {"text":"b"}', '{"text":"\\ud8', "[" * 100, "\xff\xfe"]
    content = "".join(line + "\n" for line in lines) + RECORD
    result = expect(run("--from=jsonl", "--errors=" + folder + "/errors", stdin=content.encode()), 1, "-:1: broken JSON at byte")
    assert [row["doc"] for row in result.rows()] == ["good"]
    errors = open(folder + "/errors").read().splitlines()
    assert errors[0] == "doc\tplace\terror"
    assert [line.split("\t")[1] for line in errors[1:]] == [f"-:{n}" for n in range(1, len(lines) + 1)], errors


def a_record_without_text(folder):
    for record in ("{}", '{"id":"x"}', '{"id":"x","text":null}', '{"TEXT":"a"}'):
        result = expect(run("--from=jsonl", stdin=(record + "\n" + RECORD).encode()), 1, '-:1: the record has no "text"')
        assert [row["doc"] for row in result.rows()] == ["good"]
    for text in ("", "  \\n\\u00a0"):
        expect(run("--from=jsonl", stdin=('{"text":"%s"}\n' % text).encode()), 1, "-:1: the text is empty")
    result = expect(run("--from=jsonl", "--text-field=article", stdin=RECORD.encode()), 1, '-:1: the record has no "article"')


def text_of_the_wrong_type(folder):
    for text, word in (("1", "number"), ("1.5", "number"), ("[]", "array"), ("{}", "object"), ("true", "boolean")):
        result = expect(run("--from=jsonl", stdin=('{"text":%s}\n%s' % (text, RECORD)).encode()), 1, "-:1: the text is of type " + word)
        assert [row["doc"] for row in result.rows()] == ["good"]
    for record in ("[]", "1", '"text"', "null"):
        expect(run("--from=jsonl", stdin=(record + "\n").encode()), 1, "-:1: a record must be a JSON object")


def duplicate_ids(folder):
    result = expect(run("--from=jsonl", stdin=RECORD.encode() * 3), 0, "-:2: its id was given to an earlier record too",
                    "2 records have an id")
    assert len(result.rows()) == 3 and len({row["id"] for row in result.rows()}) == 1


def json_nested_100000_deep(folder):
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        record = '{"a":' + opening * 100000 + "1" + closing * 100000 + ',"text":"x"}\n'
        result = expect(run("--from=jsonl", stdin=(record + RECORD).encode()), 1, "-:1: broken JSON at byte", "nesting too deep")
        assert [row["doc"] for row in result.rows()] == ["good"]


def a_record_that_ends_with_the_file(folder):
    result = expect(run("--from=jsonl", stdin=(RECORD + "\r\n\n" + RECORD.replace("good", "last").rstrip("\n")).encode()), 0)
    assert [row["doc"] for row in result.rows()] == ["good", "last"]


# ---- output ----

def full_disk(folder):
    good = _good(folder)
    with open("/dev/full", "wb") as full:
        expect(run(good, stdout=full), 2, "standard output: No space left on device")
        expect(run("--help", stdout=full), 2, "standard output: No space left on device")
    expect(run(good, "-o", "/dev/full"), 2, "/dev/full: No space left on device")
    expect(run(folder + "/none.txt", "--errors=/dev/full"), 2, "/dev/full: No space left on device")


def disk_full_half_way(folder):
    out = write(folder + "/out.tsv", "what was there before\n")
    for jobs in (1, 2):
        expect(run("-j", jobs, "-o", out, "--from=jsonl", stdin=RECORD.encode() * 20000,
                   preexec=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), limit(resource.RLIMIT_FSIZE, 100000)())),
               2, "out.tsv: File too large")
        assert open(out).read() == "what was there before\n" and os.listdir(folder) == ["out.tsv"]


def closed_pipe(folder):
    for jobs in (1, 2):
        process = subprocess.Popen([PROGRAM, "-j", str(jobs), "--from=jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.close()
        try:
            process.stdin.write(RECORD.encode() * 20000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert b"standard output: the program that reads it has closed the pipe" in process.stderr.read()
        assert process.wait() == 2


def a_closed_pipe_ends_a_run_that_waits_for_input(folder):
    for jobs in (1, 2):
        process = subprocess.Popen([PROGRAM, "-j", str(jobs), "--from=jsonl"], stdin=subprocess.PIPE, stdout=open("/dev/full", "w"),
                                   stderr=subprocess.PIPE)
        try:
            process.stdin.write(RECORD.encode() * 20000)
            process.stdin.flush()
        except BrokenPipeError:
            pass
        assert process.wait(60) == 2
        process.stderr.close()


def output_folder_missing(folder):
    expect(run(_good(folder), "-o", folder + "/none/out.tsv"), 2, f"{folder}/none/out.tsv: No such file or directory")
    expect(run(_good(folder), "-o", folder), 2, f"{folder}: Is a directory")


def unwritable_errors(folder):
    out = folder + "/out.tsv"
    expect(run(_good(folder), "-o", out, "--errors=" + folder + "/none/errors.tsv"), 2, "none/errors.tsv: No such file")
    expect(run(_good(folder), "--errors=" + folder), 2, f"{folder}: Is a directory")
    assert not os.path.exists(out)


def output_that_is_an_input_too(folder):
    good = _good(folder)
    result = run(good, "-o", good)
    assert result.status == 1 and "is the output file too" in result.err.decode()
    write(folder + "/out.txt", GOOD)
    expect(run(folder + "/out.txt", folder, "-o", folder + "/out.txt"), 1, "out.txt: is the output file too")


def unknown_options_and_values(folder):
    for argument, word in (
            ("--kind=direct", None), ("--kindz=direct", "did you mean --kinds?"), ("--outptu=x", "did you mean --output?"),
            ("--kinds=direct,indrect", 'did you mean "indirect"?'), ("--kinds=", "no such kind"), ("--until=tags", '"tag"'),
            ("--from=txt", '"text"'), ("--from=json", '"jsonl"'), ("--to=tvs", '"tsv"'), ("--progress=allways", '"always"'),
            ("--jobs=two", "not a number from 1"), ("--jobs=-1", "not a number from 1"), ("--jobs=99999999999999999999", "not a number"),
            ("--min-confidence=high", "not a number from 0 to 1"), ("--min-confidence=nan", "not a number"),
            ("--max-document=0", "not a size"), ("--max-document=65M", "not a size"), ("-y", "-y: no such option"),
            ("-j", "needs a value"), ("--help=x", "takes no value"), ("--zzzzzzzzzz", "no such option (see quoth --help)")):
        if word:
            expect(run(argument), 2, word)
        else:
            expect(run(argument, _good(folder)), 0)
    expect(run("--until=tag", "--to=tsv"), 2, "--until: prints JSON lines")
    expect(run("--explain"), 2, "--explain: is for the rows of --to=jsonl")
    expect(run("--explain", "--to=tsv"), 2, "--explain: is for the rows of --to=jsonl")
    expect(run("--explain", "--to=jsonl", "--until=tag"), 2, "--explain: explains rows; it does not go with --until")
    expect(run("--errors=x", "-o", "x"), 2, "--errors: is the file of --output too")
    expect(run("--model=" + folder + "/none", _good(folder)), 2, "none: ")


# ---- signals and memory ----

def _start(folder, *arguments):
    # The tests may run in the background of a shell, where SIGINT is ignored, which the program would leave so.
    process = subprocess.Popen([PROGRAM, "--from=jsonl", *arguments], stdin=subprocess.PIPE, stdout=open(folder + "/stdout", "wb"),
                               stderr=open(folder + "/stderr", "wb"), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    # More than the pipe holds: once it is written, the program reads, and so has its handlers.
    process.stdin.write(RECORD.encode() * 5000)
    process.stdin.flush()
    time.sleep(1 if IS_SANITIZED else 0.3)
    return process


def _stop(folder, *arguments):
    for number in (signal.SIGINT, signal.SIGTERM):
        for jobs in (1, 2):
            process = _start(folder, "-j", str(jobs), *arguments)
            process.send_signal(number)
            assert process.wait(60) == -number, process.returncode
            process.stdin.close()
            assert b"stopped by a signal" in open(folder + "/stderr", "rb").read()
            yield open(folder + "/stdout", "rb").read()


def a_signal_ends_with_a_whole_row(folder):
    for out in _stop(folder):
        assert out.endswith(b"\n") and all(line.count(b"\t") == HEADER.count("\t") for line in out.split(b"\n")[:-1])


def a_signal_leaves_no_output_file(folder):
    for _ in _stop(folder, "-o", folder + "/out.tsv"):
        assert sorted(os.listdir(folder)) == ["stderr", "stdout"]


def no_memory(folder):
    if IS_SANITIZED:
        return
    large = write(folder + "/a.txt", GOOD * 100000)
    good = _good(folder)
    statuses, read_good = set(), False
    least = 8 + os.path.getsize(PROGRAM) // (1 << 20)    # with less, the program and its model are not even loaded
    for size in range(least, least + 256, 8):
        for jobs in (1, 2):
            result = run("-j", jobs, large, good, preexec=limit(resource.RLIMIT_AS, size << 20))
            statuses.add(result.status)
            assert result.status in (0, 1, 2, 127), (size, result.status, result.err)
            if result.status in (1, 2):
                assert b"memory" in result.err, (size, result.err)
            if result.status == 1:
                assert [row["doc"] for row in result.rows()] in ([], [good]), (size, result.err)
                read_good |= bool(result.rows())
    assert statuses >= {1, 2} and read_good, statuses


run_tests(globals())
