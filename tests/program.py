"""What the tests of the whole program share: running it, and what it cost. Not a test itself.

The program is $builddir/quoth. A test is a function whose name is a sentence; run_tests() calls them all, prints a line for each, and
ends the process.
"""
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import traceback

SOURCE = os.path.abspath(os.environ.get("srcdir", "."))
PROGRAM = os.path.join(os.environ.get("builddir", "."), "quoth")
HEADER = ("doc\tid\tkind\tspeaker\tspeaker_kind\trole\tspeaker_id\tresolution\tsource\tcue\tquote\tconfidence\tcheckworthy\t"
          "quote_spans\tsource_spans\tcue_spans\tstance\tclaim\tlink")
HANGS = 1200    # seconds by the clock after which a run is taken to wait for ever


def _has_sanitizer():
    with open(PROGRAM, "rb") as file:
        code = file.read()
    return b"__asan_init" in code or b"__tsan_init" in code


# Sanitizers need much memory and time of their own: limits on both say nothing there.
IS_SANITIZED = _has_sanitizer()


class Result:
    """out, err (bytes), status (negative: a signal), seconds of processor time, peak memory in MiB."""

    def rows(self):
        lines = self.out.decode("utf-8").split("\n")
        assert lines[0] == HEADER, f"no header: {lines[0][:200]!r}"
        assert lines[-1] == "", f"a half row: {lines[-1][:200]!r}"
        rows = [dict(zip(HEADER.split("\t"), line.split("\t"))) for line in lines[1:-1]]
        assert all(len(row) == HEADER.count("\t") + 1 for row in rows)
        return rows

    def messages(self):
        lines = self.err.decode("utf-8", "replace").splitlines()
        for line in lines:
            assert line.startswith(("quoth: ", "quoth-gazetteer: ", "quoth-group: ")), f"no message of quoth's: {line!r}"
        return lines


def _within(seconds, preexec):
    """What a child does first: after so many seconds of processor time, however busy the machine is, SIGXCPU is to end it."""
    def prepare():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        if preexec:
            preexec()
    return prepare


def run(*arguments, stdin=b"", preexec=None, timeout=120, program=PROGRAM, **more):
    """Runs quoth, or another program, with the arguments; stdin is bytes or a file. It may take `timeout` seconds of processor time;
    one that waits for ever is killed after HANGS."""
    result = Result()
    timeout *= 10 if IS_SANITIZED else 1
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        if isinstance(stdin, bytes):
            given.write(stdin)
            given.seek(0)
            stdin = given
        process = subprocess.Popen([program, *map(str, arguments)], stdin=stdin, stdout=more.pop("stdout", out), stderr=err,
                                   preexec_fn=_within(timeout, preexec), **more)
        watch = threading.Timer(HANGS, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        result.out, result.err = out.read(), err.read()
    result.status = process.returncode
    result.seconds = usage.ru_utime + usage.ru_stime
    result.peak = usage.ru_maxrss / 1024
    assert_no_finding(result.err)
    return result


def assert_no_finding(err):
    """No sanitizer found anything, by what the program wrote to standard error."""
    for sign in (b"AddressSanitizer", b"LeakSanitizer", b"ThreadSanitizer", b"runtime error:"):
        assert sign not in err, err.decode("utf-8", "replace")[:3000]


def expect(result, status, *words):
    """The exit status is that, no crash, and each of the words stands in a message."""
    assert result.status == status, f"status {result.status}, not {status}; {result.err[:500]!r}"
    messages = "\n".join(result.messages())
    for word in words:
        assert word in messages, f"{word!r} is in no message: {messages[:500]!r}"
    return result


def write(path, content):
    with open(path, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path


def limit(kind, size):
    return lambda: resource.setrlimit(kind, (size, size))


def run_tests(namespace):
    """Every function of the namespace whose first parameter is `folder`, each in an empty folder of its own."""
    failed = 0
    only = sys.argv[1:]
    # Started in the background by a shell, we ignore it, and so would every program that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name, test in list(namespace.items()):
        if not callable(test) or getattr(test, "__module__", "") != "__main__" or name.startswith("_"):
            continue
        if "folder" not in test.__code__.co_varnames[:1] or (only and name not in only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            try:
                test(folder)
                print("ok", name, flush=True)
            except Exception:
                failed += 1
                print("FAILED", name, traceback.format_exc(), sep="\n", flush=True)
    sys.exit(failed > 0)
