#!/usr/bin/env python3
"""links_browser: Chromium finds each link, at the words of its statement and nowhere else.

The links of an article are opened together, those of statements that overlap one after the other; what Chromium marks, read from a picture of the window,
has to be the words of the statements. The pages are made of corpus/samples, and those of tests/pages as they are.
Skipped (status 77) where Chromium or its driver is missing.
"""
import contextlib
import difflib
import glob
import html
import http.server
import json
import os
import re
import sys
import threading

import browser
from links import expected_bytes, samples
from program import SOURCE, expect, run, run_tests, write

SKIPPED = 77
# So high that the article has to be scrolled to and fits into the window below its middle.
ROOM = '<meta charset=utf-8><style>::target-text{background:#f00!important}</style><div style="height:3500px"></div>'
WINDOW = 1000, 3000
# What these show comes by scripts that are not there.
EMPTY_PAGES = {"amp.html", "react.html"}

# How far down the window is, and the words whose upper left corner is red in the picture.
MARKED = r"""
    const picture = new Image();
    picture.src = "data:image/png;base64," + arguments[0];
    return picture.decode().then(() => {
        const canvas = Object.assign(document.createElement("canvas"), {width: picture.width, height: picture.height});
        const context = canvas.getContext("2d", {willReadFrequently: true});
        context.drawImage(picture, 0, 0);
        const marked = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
        while (walker.nextNode())
            for (const word of walker.currentNode.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
                range.setStart(walker.currentNode, word.index);
                range.setEnd(walker.currentNode, word.index + 1);
                const box = range.getBoundingClientRect();
                const [red, green, blue] = context.getImageData(box.left + 0.5, box.top + 1, 1, 1).data;
                if (red > 200 && green < 100 && blue < 100)
                    marked.push(word[0]);
            }
        return [scrollY, marked];
    });
"""


@contextlib.contextmanager
def _served(pages):
    """Serves pages, {path: bytes of HTML}, whatever query they are asked with, on this machine; gives the address before the path."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages.get(self.path.partition("?")[0])
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _page_of(record):
    title = "" if record["text"].startswith(record["title"]) else f"<h1>{html.escape(record['title'])}</h1>"
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in record["text"].split("\n") if line.strip())
    return f"<!doctype html>{ROOM}{title}{paragraphs}{ROOM}".encode()


def _directives(row):
    """(bytes, directive) of each part of the row."""
    text = row["text"].encode()
    found = row["link"].partition("#:~:")[2].split("&")
    assert len(found) == len(row["quote_spans"]), row
    return [(expected_bytes(text, *span), directive) for span, directive in zip(row["quote_spans"], found)]


def _batches(directives):
    """The directives in groups of which none overlap, each in order of the text; Chromium takes no more than some twenty at once."""
    batches = []
    for place, directive in sorted(set(directives)):
        batch = next((batch for batch in batches if batch[-1][0][1] < place[0] and len(batch) < 12), None)
        if batch is None:
            batches.append(batch := [])
        batch.append((place, directive))
    return batches


def _words(text):
    return re.findall(r"[^\W_]+", text)


def _look(chromium, address, batch, text):
    """What is wrong with a batch of directives; None where all is well."""
    chromium.go(f"{address}#:~:" + "&".join(directive for _, directive in batch))
    scrolled, marked = chromium.run(MARKED, chromium.picture())
    wanted = [word for (begin, end), _ in batch for word in _words(text.encode()[begin:end].decode())]
    if scrolled and marked == wanted:
        return None
    differences = "\n".join(difflib.unified_diff(wanted, marked, "wanted", "marked", n=4, lineterm=""))
    return f"{address} {[directive for _, directive in batch]}: {scrolled} px down\n{differences}"


def _assert_all_are_found(folder, pages, records):
    """pages, {path: content}; records, {path: record}."""
    wrong, n = [], 0
    with _served(pages) as address, contextlib.closing(browser.Browser(*WINDOW)) as chromium:
        lines = (json.dumps(record | {"id": path, "url": address + path}) + "\n" for path, record in records.items())
        directives = {}
        for row in map(json.loads, expect(run("--to=jsonl", "--with-text", write(f"{folder}/in.jsonl", "".join(lines))), 0).out.splitlines()):
            directives.setdefault(row["doc"], []).extend(_directives(row))
        for path, found in directives.items():
            for number, batch in enumerate(_batches(found)):
                n += len(batch)
                problem = _look(chromium, f"{address}{path}?{number}", batch, records[path]["text"])
                wrong += [problem] if problem else []
    print(f"{n} links, {len(wrong)} loads with one that is not found")
    assert n > 150 and not wrong, "\n".join(wrong[:5])


def chromium_finds_the_links_of_the_samples(folder):
    records = {"/" + record["id"]: record for record in samples()}
    _assert_all_are_found(folder, {path: _page_of(record) for path, record in records.items()}, records)


def chromium_finds_the_links_of_whole_pages(folder):
    pages, records = {}, {}
    for path in sorted(glob.glob(os.path.join(SOURCE, "tests/pages/*.html"))):
        rows = expect(run("--to=jsonl", "--with-text", path), 0).out.splitlines()
        name = os.path.basename(path)
        if rows and name not in EMPTY_PAGES:
            with open(path, "rb") as file:
                pages["/" + name] = b"<!doctype html>" + ROOM.encode() + file.read() + ROOM.encode()
            records["/" + name] = json.loads(rows[0])
    _assert_all_are_found(folder, pages, records)


if __name__ == "__main__":
    if not browser.is_there():
        print("skipped: Chromium or chromedriver is missing")
        sys.exit(SKIPPED)
    run_tests(globals())
