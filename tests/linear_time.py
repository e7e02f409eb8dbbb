#!/usr/bin/env python3
"""linear_time: a document twice as long takes at most 2.3 times as long, whatever it is made of.

Processor time of the program (start-up subtracted), the smallest of several runs; a shape is measured again before it fails, since another
program on the machine can only make a run slower. QUOTH_LINEAR_SIZE=N measures with documents of N bytes and 2N instead of 100,000.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import IS_SANITIZED, expect, run, run_tests, write

LIMIT = 2.3
SIZE = int(os.environ.get("QUOTH_LINEAR_SIZE", 40_000 if IS_SANITIZED else 100_000))     # bytes of the shorter document
RUNS, TRIES = 3, 4
HOPELESS = 120 if IS_SANITIZED else 30      # microseconds a byte: what takes so long is not measured again
GOOD = "The bridge is closed, “until further notice,” Mayor Ada Brandt said on Monday. "

# name: what is repeated up to the size; (before, repeated, after) where it is more
SHAPES = {
    "articles": GOOD * 3 + "\n\n",
    "one paragraph": GOOD,
    "one sentence": "and the mayor said that ",
    "one word": "a",
    "one capitalised word": "A",
    "one number": "1",
    "hyphens": "a-",
    "stops": ".",
    "spaced stops": ". ",
    "white space": ("x", " ", "x"),
    "line breaks": ("x", "\n", "x"),
    "invalid bytes": b"\xff",
    "nul bytes": b"\0",
    "truncated characters": b"\xe2\x80",
    "overlong and surrogates": b"\xc0\xaf\xed\xa0\x80",
    "combining marks": ("e", "\u0301", ""),
    "mixed combining marks": ("e", "\u0301\u0316\u0327", ""),
    "bidirectional overrides": "a\u202eb\u202c ",
    "control characters": "\x01\x1b\x7f",
    "entities": "&amp;&quot;&#8220;",
    "broken entities": "&amp &#x &",
    "opening marks": "“",
    "closing marks": "”",
    "straight marks": '"',
    "apostrophes": "'",
    "spaced straight marks": '" ',
    "quoted letters": "“a” ",
    "straight quoted letters": '"a" ',
    "unclosed paragraphs": "“It goes on.\n\n",
    "closed quotes, no cue": "“It goes on.”\n\n",
    "quotes and cues": "“It goes on,” he said. ",
    "names": "Ada Brandt ",
    "many names": [f"Ada{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)} Brandt said so. " for n in range(17576)],
    "name lists": "Ada Brandt, Bo Lund, Cy Moss, ",
    "pronouns": "He said she said they said ",
    "titles": "President Senator Dr. ",
    "commas": ",",
    "colons": "a: ",
    "said": "said ",
    "according to": "according to ",
    "brackets": "(",
    "turns": "Q: Why?\nA: No.\n",
    "bullets": "* a\n",
    "handles": "@a #b http://c.d ",
    "abbreviations": "U.S. Mr. Jan. ",
    "datelines": "MOSCOW, Jan. 31 (Wire) — ",
}
NESTED = {"nested marks": ("“‘", "’”"), "nested guillemets": ("« ", " »"), "nested straight marks": ("\"'", "'\"")}


def _repeat(what, size):
    before, after = "", ""
    if isinstance(what, tuple):
        before, what, after = what
    if isinstance(what, list):
        whole = "".join(what)
        return (whole * (size // len(whole) + 1))[:size].encode()
    what = what if isinstance(what, bytes) else what.encode()
    return before.encode() + what * (size // len(what)) + after.encode()


def _shape(name, size):
    if name in NESTED:
        opening, closing = NESTED[name]
        n = size // len((opening + closing).encode())
        return (opening * n + "x" + closing * n).encode()
    return _repeat(SHAPES[name], size)


def _seconds(path, start, *arguments):
    # what takes no time at all may seem to take less
    return max(0, min(run("-j1", *arguments, path, timeout=60).seconds for _ in range(RUNS)) - start)


def _is_linear(folder, name, make, *arguments):
    short, long = folder + "/short", folder + "/long"
    write(short, make(SIZE))
    write(long, make(2 * SIZE))
    write(folder + "/none", "x")
    measured = []
    for _ in range(TRIES):
        start = min(run("-j1", folder + "/none").seconds for _ in range(RUNS))
        once, twice = _seconds(short, start, *arguments), _seconds(long, start, *arguments)
        measured.append(f"{once:.3f} s, {twice:.3f} s")
        # 10 ms: what the clock and the page cache add
        if twice <= LIMIT * once + 0.01:
            return None
        if twice > HOPELESS * SIZE / 1e6:
            break
    return f"{name}: " + "; ".join(measured)


def texts_of_every_shape_take_linear_time(folder):
    slow = [_is_linear(folder, name, lambda size, name=name: _shape(name, size), "--from=text") for name in [*SHAPES, *NESTED]]
    assert not any(slow), "\n".join(filter(None, slow))


def explaining_every_shape_takes_linear_time(folder):
    slow = [_is_linear(folder, name, lambda size, name=name: _shape(name, size // 8), "--from=text", "--to=jsonl", "--explain")
            for name in SHAPES]
    assert not any(slow), "\n".join(filter(None, slow))


def handing_on_takes_linear_time(folder):
    shapes = {name: SHAPES[name] for name in ("articles", "one paragraph", "quotes and cues", "closed quotes, no cue", "according to", "many names")}
    shapes |= {"joined letters": "“a.b.c.d.e.f.g.h,” he said. i.j.k.l.", "one long word": "“" + "é" * 2000 + " goes,” he said. ",
               "short lines": "He said:\n“No.”\n", "the same lines": "Mr Lee said:\n“We go on and on and on, as we always did and as we will.”\n"}

    def record(what):
        def make(size):
            text = _repeat(what, size // 2).decode("utf-8", "ignore")
            return json.dumps({"text": text, "url": "https://a.example/1", "title": text[:1000]}).encode()
        return make

    slow = [_is_linear(folder, f"{name}, {form}", record(what), "--from=jsonl", f"--to={form}")
            for name, what in shapes.items() for form in ("jsonl", "annotation")]
    assert not any(slow), "\n".join(filter(None, slow))


def json_of_every_shape_takes_linear_time(folder):
    def record(value):
        return lambda size: b'{"x":' + value(size) + b',"text":"a"}\n'

    shapes = {
        "a long string": record(lambda size: b'"' + b"a" * size + b'"'),
        "escapes": record(lambda size: b'"' + b"\\u00e9\\n" * (size // 8) + b'"'),
        "surrogate halves": record(lambda size: b'"' + b"\\ud800" * (size // 6) + b'"'),
        "an array": record(lambda size: b"[" + b"1," * (size // 2) + b"1]"),
        "an object": record(lambda size: b"{" + b"".join(b'"%d":1,' % n for n in range(size // 9)) + b'"a":1}'),
        "one name again and again": record(lambda size: b"{" + b'"a":1,' * (size // 6) + b'"a":1}'),
        "nesting": record(lambda size: b"[" * (size // 2) + b"]" * (size // 2)),
        "records": lambda size: json.dumps({"text": GOOD}).encode().join([b"", b"\n"]) * (size // len(GOOD)),
        "empty lines": lambda size: b"\n" * size,
        "broken records": lambda size: b"{\n" * (size // 200),
        "the same id": lambda size: b'{"id":"x","text":"a"}\n' * (size // 22),
        "other ids": lambda size: b"".join(b'{"id":%d,"text":"a"}\n' % n for n in range(size // 26)),
    }
    slow = [_is_linear(folder, name, make, "--from=jsonl") for name, make in shapes.items()]
    assert not any(slow), "\n".join(filter(None, slow))


if __name__ == "__main__":
    run_tests(globals())
