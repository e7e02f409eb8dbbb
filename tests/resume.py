#!/usr/bin/env python3
"""resume: a run that was killed, stopped or ran out of disk goes on from its journal and ends with the bytes of an undisturbed run;
the shards of an input are the input.

QUOTH_KILLS says how often a run is killed (default 10). Runs are killed by what their journal says, not by the clock.
"""
import gzip
import json
import os
import random
import resource
import signal
import subprocess
import tarfile
import time

from program import HEADER, IS_SANITIZED, PROGRAM, assert_no_finding, expect, limit, run, run_tests, write

KILLS = int(os.environ.get("QUOTH_KILLS", "10"))
SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")


def _articles():
    for name in sorted(os.listdir(SAMPLES)):
        with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
            yield name, file.read()


def _corpus(folder, repeats):
    """Files of every sort, some of them broken: JSON lines, texts, a table, compressed, an archive."""
    os.makedirs(f"{folder}/in/texts")
    articles = list(_articles())
    lines = [json.dumps({"id": f"{name}-{i}", "text": text}) for i in range(repeats) for name, text in articles]
    lines[7::50] = ["{broken" for _ in lines[7::50]]
    write(f"{folder}/in/a.jsonl", "\n".join(lines) + "\n")
    write(f"{folder}/in/b.jsonl.gz", gzip.compress("\n".join(lines[: len(lines) // 2]).encode(), 1))
    for i in range(repeats // 2):
        for name, text in articles[:20]:
            write(f"{folder}/in/texts/{i}-{name}", text)
    write(f"{folder}/in/texts/empty.txt", "")
    with tarfile.open(f"{folder}/in/c.tar", "w") as tar:
        tar.add(f"{folder}/in/texts", "texts")
    return f"{folder}/in"


def _content(path):
    with open(path, "rb") as file:
        return file.read()


def _start(*arguments):
    return subprocess.Popen([PROGRAM, *map(str, arguments)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)


def _end(process):
    err = process.communicate()[1]
    assert_no_finding(err)
    return process.returncode, err.decode("utf-8", "replace")


def _n_notes(folder):
    """How often the journal has noted how far the run is."""
    return _content(f"{folder}/journal").count(b"\nat ") if os.path.exists(f"{folder}/journal") else 0


def _runs_until_noted(process, folder, n):
    """Waits for n more notes in the journal; false if the run ends before."""
    n += _n_notes(folder)
    while _n_notes(folder) < n:
        if process.poll() is not None:
            return False
        time.sleep(0.01)
    return True


def a_killed_run_goes_on_to_the_same_bytes(folder):
    source = _corpus(folder, 6 if IS_SANITIZED else 20)
    expect(run("-j2", "-o", f"{folder}/whole.tsv", "--errors", f"{folder}/whole.err", source), 1)
    want, want_errors = _content(f"{folder}/whole.tsv"), _content(f"{folder}/whole.err")
    choose = random.Random(5)
    n_kills = n_gone_on = 0
    while n_kills < KILLS:
        for name in ("out.tsv", "err.tsv", "journal"):
            if os.path.exists(f"{folder}/{name}"):
                os.remove(f"{folder}/{name}")
        for _ in range(1000):
            process = _start("-j", choose.choice((1, 2, 3)), "-o", f"{folder}/out.tsv", "--errors", f"{folder}/err.tsv",
                             "--resume", f"{folder}/journal", source)
            if n_kills < KILLS and _runs_until_noted(process, folder, choose.randrange(3)):
                time.sleep(0.2 * choose.random())
                process.send_signal(choose.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
                n_kills += 1
                n_gone_on += _n_notes(folder) > 0
            status, err = _end(process)
            if status >= 0 and status != 2:
                break
            assert status in (-signal.SIGKILL, -signal.SIGTERM), (status, err)
            assert not os.path.exists(f"{folder}/out.tsv") or b"\ncomplete " in _content(f"{folder}/journal")
        assert status == 1, err
        assert _content(f"{folder}/out.tsv") == want
        assert _content(f"{folder}/err.tsv") == want_errors
    assert n_gone_on > KILLS // 4, n_gone_on


def a_complete_run_is_not_done_again(folder):
    source = write(f"{folder}/a.txt", "The bridge is closed, Ada Brandt said.")
    command = ("-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source)
    expect(run(*command), 0)
    want, time_of = _content(f"{folder}/out.tsv"), os.stat(f"{folder}/out.tsv").st_mtime_ns
    expect(run(*command), 0, "the run was complete already")
    assert os.stat(f"{folder}/out.tsv").st_mtime_ns == time_of
    # killed between the last line of the journal and the new name
    os.rename(f"{folder}/out.tsv", f"{folder}/.out.tsv.partial")
    expect(run(*command), 0)
    assert _content(f"{folder}/out.tsv") == want
    os.remove(f"{folder}/out.tsv")
    expect(run(*command), 2, "is gone, though the journal speaks of it")


def _stopped(folder, source, *options):
    """A journal of a run that was killed in the middle."""
    process = _start("-j1", "-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", *options, source)
    assert _runs_until_noted(process, folder, 1), "the run could not be killed in its middle"
    process.kill()
    _end(process)


def what_has_changed_is_refused_with_the_reason(folder):
    source = _corpus(folder, 12 if IS_SANITIZED else 30)
    _stopped(folder, source)
    command = ["-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source]
    expect(run("--kinds=direct", *command), 2, "belongs to another command", '--kinds "direct"')
    expect(run("--model=none", *command), 2, "belongs to another command", "models")
    expect(run(*command, source), 2, "belongs to another command", "path")
    os.utime(f"{source}/a.jsonl", (1, 1))
    expect(run(*command), 2, "is not what the earlier run read", "a.jsonl")
    assert not os.path.exists(f"{folder}/out.tsv")
    write(f"{folder}/.out.tsv.partial", "short")
    expect(run(*command), 2, "has fewer bytes than the journal says")
    write(f"{folder}/journal", "my diary\n")
    expect(run(*command), 2, "no journal of quoth; not touched")
    assert _content(f"{folder}/journal") == b"my diary\n"


def a_torn_line_of_the_journal_is_passed_over(folder):
    source = _corpus(folder, 12 if IS_SANITIZED else 30)
    expect(run("-o", f"{folder}/whole.tsv", source), 1)
    _stopped(folder, source)
    journal = _content(f"{folder}/journal")
    choose = random.Random(3)
    head = journal.index(b"\n--\n") + 4
    for cut in [head - 5, head, *(choose.randrange(1, len(journal)) for _ in range(2))]:
        write(f"{folder}/journal", journal[:cut] + (b"at 99 99 0123456789abcdef 1" if cut > head else b""))
        expect(run("-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source), 1)
        assert _content(f"{folder}/out.tsv") == _content(f"{folder}/whole.tsv")
        os.remove(f"{folder}/out.tsv")


def a_full_disk_is_gone_on_from(folder):
    source = _corpus(folder, 6)
    expect(run("-o", f"{folder}/whole.tsv", source), 1)
    size = len(_content(f"{folder}/whole.tsv"))
    command = ("-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source)
    for share in (3, 2):
        result = run(*command, preexec=limit(resource.RLIMIT_FSIZE, size // share))
        assert result.status == 2 and b"File too large" in result.err, result.err
        assert not os.path.exists(f"{folder}/out.tsv")
    expect(run(*command), 1)
    assert _content(f"{folder}/out.tsv") == _content(f"{folder}/whole.tsv")


def two_runs_do_not_share_a_journal(folder):
    source = _corpus(folder, 12 if IS_SANITIZED else 30)
    command = ("-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source)
    first = _start(*command)
    while not os.path.exists(f"{folder}/.out.tsv.partial"):
        time.sleep(0.01)
    expect(run(*command), 2, "another run is using it")
    first.kill()
    _end(first)


def a_device_or_folder_is_no_place_to_go_on_from(folder):
    os.mkfifo(f"{folder}/pipe")
    for i, path in enumerate(("/dev/null", folder, f"{folder}/pipe")):
        expect(run("--resume", f"{folder}/journal{i}", "-o", path, SAMPLES), 2, f"{path}: is no regular file")
    assert sorted(os.listdir(folder)) == ["journal0", "journal1", "journal2", "pipe"]


def the_mode_of_the_output_is_kept(folder):
    path = write(f"{folder}/out.tsv", "old")
    os.chmod(path, 0o640)
    expect(run("--resume", f"{folder}/journal", "-o", path, SAMPLES), 0)
    assert os.stat(path).st_mode & 0o777 == 0o640


def it_says_what_it_needs(folder):
    expect(run("--resume", f"{folder}/j", SAMPLES), 2, "--resume: needs a file to go on with: --output=FILE")
    expect(run("--resume", f"{folder}/j", "-o", f"{folder}/o"), 2, "standard input can be read only once")
    expect(run("--shard=1/2", "-"), 2, "standard input can be read only once")
    expect(run("--resume", f"{folder}/o", "-o", f"{folder}/o", SAMPLES), 2, "--resume: is the file of --output")
    for shard in ("0/4", "5/4", "1", "1/", "a/b", "1/2/3", "-1/2"):
        expect(run(f"--shard={shard}", SAMPLES), 2, "not a number of a shard")


def shards_are_the_whole(folder):
    source = _corpus(folder, 4)
    for arguments in ((source,), (f"{source}/a.jsonl",), (f"{source}/a.jsonl", f"{folder}/missing.txt", f"{source}/texts")):
        whole = run("--errors", f"{folder}/whole.err", *arguments)
        for n in (1, 2, 3, 7, 200) if arguments == (f"{source}/a.jsonl",) else (1, 2, 7):
            rows = errors = b""
            sizes = []
            for k in range(1, n + 1):
                part = run(f"--shard={k}/{n}", "--errors", f"{folder}/part.err", *arguments)
                assert part.status in (0, 1), part.err
                header, _, rest = part.out.partition(b"\n")
                assert header.decode() == HEADER
                rows += rest
                sizes.append(len(rest))
                errors += _content(f"{folder}/part.err").partition(b"\n")[2]
            assert HEADER.encode() + b"\n" + rows == whole.out, (arguments, n)
            assert errors == _content(f"{folder}/whole.err").partition(b"\n")[2]
            if arguments == (f"{source}/a.jsonl",) and n in (2, 3):
                assert max(sizes) < 1.3 * min(sizes), sizes
    command = ("--shard=2/3", "-o", f"{folder}/out.tsv", "--resume", f"{folder}/journal", source)
    expect(run(*command, preexec=limit(resource.RLIMIT_FSIZE, 20000)), 2)
    expect(run(*command), 1)
    assert _content(f"{folder}/out.tsv") == run("--shard=2/3", source).out


def a_file_that_changes_while_it_is_read_is_told(folder):
    path = write(f"{folder}/a.jsonl", '{"text":"The bridge is closed, Ada Brandt said."}\n' * 50000)
    process = subprocess.Popen([PROGRAM, "-j1", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(1)    # it has begun, and does not end while nobody takes its rows
    with open(path, "a", encoding="utf-8") as file:
        file.write('{"text":"The ferry sails again, Piet Harmsen said."}\n')
    err = process.communicate()[1].decode("utf-8", "replace")
    status = process.returncode
    assert status == 1 and "a.jsonl: was changed while it was read" in err, (status, err)


def progress_is_told_when_asked_and_summed_up_at_the_end(folder):
    source = _corpus(folder, 3)
    result = run("--progress=always", "-o", f"{folder}/out.tsv", source)
    summary = result.err.decode().splitlines()[-1] if b"documents failed" not in result.err.splitlines()[-1] else \
        [line for line in result.err.decode().splitlines() if "peak memory" in line][0]
    rows = _content(f"{folder}/out.tsv").count(b"\n") - 1
    assert f"quoth: {rows} rows (" in summary and "direct" in summary and "bad input" in summary and "words" in summary, summary
    path = write(f"{folder}/b.jsonl", '{"text":"The bridge is closed, Ada Brandt said."}\n' * (40000 if IS_SANITIZED else 400000))
    process = _start("-o", f"{folder}/out.tsv", path)
    while not any(name.startswith(".out.tsv") for name in os.listdir(folder)):
        time.sleep(0.005)
    process.send_signal(signal.SIGUSR1)
    line = process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    _end(process)
    assert b"documents, " in line and b"MB/s" in line, line


run_tests(globals())
