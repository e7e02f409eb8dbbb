#!/usr/bin/env python3
"""report: --to=html writes the rows of --to=jsonl and their texts into one page that fetches nothing, and that no article can break.

usage: report.py [TEST]...   or   report.py --update

What the page does in a browser, tests/report_browser.py looks at. Its policy allows its own script and style alone, by their hashes;
--update writes these anew, after corpus/report was changed.
"""
import base64
import hashlib
import html.parser
import json
import os
import re
import resource
import signal
import subprocess
import sys

from program import PROGRAM, expect, limit, run, run_tests, write

SOURCE = os.environ.get("srcdir") or "."
SAMPLES = os.path.join(SOURCE, "corpus", "samples")
FEED = os.path.join(SOURCE, "corpus", "feed.jsonl")
GROUP = os.path.join(os.environ.get("builddir") or ".", "quoth-group")
REPORT = os.path.join(SOURCE, "corpus", "report")
SAID = 'The bridge is closed, "until further notice," Mayor Ada Brandt said on Monday.'


class _Page(html.parser.HTMLParser):
    """The scripts of a page with their attributes, and all start tags."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.scripts, self.tags = [], []
        self._is_open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._is_open = tag == "script"
        if self._is_open:
            self.scripts.append([dict(attrs), ""])

    def handle_endtag(self, tag):
        self._is_open = False

    def handle_data(self, data):
        if self._is_open:
            self.scripts[-1][1] += data


def _documents(page):
    """Of each document of a page, its rows and its text object."""
    scripts = [script for script in _Page(page).scripts if script[0].get("type")]
    assert [attributes["class"] for attributes, _ in scripts] == ["rows", "text"] * (len(scripts) // 2)
    assert {attributes["type"] for attributes, _ in scripts} <= {"application/x-ndjson", "application/json"}
    return [([json.loads(line) for line in rows[1].split("\n") if line], json.loads(text[1]))
            for rows, text in zip(scripts[::2], scripts[1::2])]


def _page(*arguments, **more):
    return expect(run("--to=html", *arguments, **more), 0).out.decode("utf-8")


def the_page_has_the_rows_and_texts_of_json_lines(folder):
    page = _documents(_page(SAMPLES, FEED))
    lines = [json.loads(line) for line in expect(run("--to=jsonl", "--with-text", SAMPLES, FEED), 0).out.decode().splitlines()]
    rows = [{**row, "text": text["text"]} for rows, text in page for row in rows]
    assert len(rows) > 200 and all(rows for rows, _ in page)
    assert rows == [{key: line[key] for key in row} for row, line in zip(rows, lines)] and len(rows) == len(lines)
    assert len({rows[0]["doc"] for rows, _ in page}) == len(page)


def no_article_ends_its_element(folder):
    evil = ('</script><script>alert(1)</script><!--<script> </SCRIPT\n>]]> <img src=x onerror=alert(2)> \u2028\u2029 \0 &lt;/script&gt; '
            '--> "It is </script> over, <!-- she," said Eve <b>Adler</b>. "Really </style>," said Ada Brandt.')
    record = {"id": "</script>", "title": "<!--", "outlet": "<script>", "url": "https://e.example/?</script>", "text": evil}
    page = _page("--from=jsonl", "-", stdin=(json.dumps(record) + "\n").encode())
    plain = _page("--from=jsonl", "-", stdin=(json.dumps({"text": SAID}) + "\n").encode())
    (rows, text), = _documents(page)
    assert text["text"] == evil and len(rows) >= 2
    assert all(row["doc"] == "</script>" and row["title"] == "<!--" for row in rows)
    assert any("</script>" in row["quote"] for row in rows)
    assert _Page(page).tags == _Page(plain).tags
    data = page[page.index('<div id="data"'):]
    assert re.findall("<[^>]*>", data)[1:-3] == re.findall("<[^>]*>", plain[plain.index('<div id="data"'):])[1:-3]


def any_number_of_threads_gives_the_same_bytes(folder):
    want = _page("-j1", SAMPLES, FEED)
    for jobs in (2, 3, 7):
        assert _page(f"-j{jobs}", SAMPLES, FEED) == want


def bytes_that_are_no_utf8_are_told_with_the_text(folder):
    text = b'Caf\xe9 \xff owners: "Closed \xe2\x82 for good," said Ada Brandt. "Yes \xc3\xa9t\xc3\xa9 \xef\xbf\xbd," she said.\n'
    write(f"{folder}/a.txt", text)
    (rows, found), = _documents(_page(f"{folder}/a.txt"))
    assert found["text"] == text.decode("utf-8", "replace").replace("\ufffd for", "\ufffd\ufffd for")
    assert found["broken"] == [3, 5, 23, 24] and rows


def a_text_that_is_utf8_has_no_broken_bytes(folder):
    assert all(list(text) == ["text"] for _, text in _documents(_page(SAMPLES, FEED)))


def a_document_without_rows_takes_no_room(folder):
    write(f"{folder}/a.txt", "The lake is blue.\n")
    page = _page(f"{folder}/a.txt")
    assert not _documents(page) and page.rstrip().endswith("</html>")
    assert not _documents(_page("--min-confidence=1", SAMPLES))


def a_run_that_goes_on_closes_the_page_once(folder):
    write(f"{folder}/a.jsonl", "".join(json.dumps({"id": f"d{i}", "text": SAID}) + "\n" for i in range(20000)))
    want = _page(f"{folder}/a.jsonl")
    command = ("--to=html", "-o", f"{folder}/a.html", f"--resume={folder}/journal", f"{folder}/a.jsonl")
    for share in (4, 2):
        expect(run(*command, preexec=limit(resource.RLIMIT_FSIZE, len(want) // share)), 2)
        assert not os.path.exists(f"{folder}/a.html")
    expect(run(*command), 0)
    with open(f"{folder}/a.html", encoding="utf-8") as file:
        assert file.read() == want
    assert want.count("</html>") == want.count("<!doctype html>") == 1


def a_page_that_a_signal_ends_is_closed(folder):
    write(f"{folder}/a.jsonl", "".join(json.dumps({"id": f"d{i}", "text": SAID}) + "\n" for i in range(200000)))
    process = subprocess.Popen([PROGRAM, "--to=html", f"{folder}/a.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    page = process.stdout.read(200000)
    process.send_signal(signal.SIGTERM)
    page += process.stdout.read()
    assert process.wait() == -signal.SIGTERM
    page = page.decode()
    assert page.endswith("</html>\n") and page.count("</html>") == 1
    assert 10 < page.count('class="rows"') == page.count('class="text"') < 200000


def each_shard_is_a_page_of_its_own(folder):
    whole, parts = _documents(_page(FEED)), [_page(f"--shard={k}/3", FEED) for k in (1, 2, 3)]
    assert [document for part in parts for document in _documents(part)] == whole
    assert all(part.count("</html>") == 1 for part in parts)


def quoth_group_writes_its_rows_as_a_page(folder):
    lines = expect(run("--to=jsonl", "--with-text", FEED, SAMPLES, "-o", f"{folder}/a.jsonl"), 0) and f"{folder}/a.jsonl"
    page = expect(run("--to=html", lines, program=GROUP), 0).out.decode()
    rows = [json.loads(line) for line in expect(run(lines, program=GROUP), 0).out.decode().splitlines()]
    documents = _documents(page)
    assert [{**row, "text": text["text"]} for rows, text in documents for row in rows] == rows and len(rows) > 200
    assert documents == _documents(expect(run("--to=html", "-", program=GROUP, stdin=open(lines, "rb")), 0).out.decode())
    own = _page(FEED, SAMPLES)
    assert page[:page.index('<div id="data"')] == own[:own.index('<div id="data"')] and page.endswith(own[own.rindex("</div>"):])
    assert len(documents) == len(_documents(own))


def a_page_of_groups_needs_json_lines(folder):
    expect(run("-o", f"{folder}/a.tsv", SAMPLES), 0)
    expect(run("--to=html", f"{folder}/a.tsv", program=GROUP), 1, "a page is made of JSON lines")
    expect(run("--to=htm", f"{folder}/a.tsv", program=GROUP), 2, "--to: no such format")


def rows_of_other_programs_make_a_page(folder):
    lines = '{"quote": "</script>", "doc": "a", "text": "<!-- </script>"}\n{"doc":"b","quote":"no text"}\n'
    page = expect(run("--to=html", program=GROUP, stdin=lines.encode()), 0).out.decode()
    rows, text, rest = [script[1] for script in _Page(page).scripts if script[0].get("type")]
    assert json.loads(rows)["quote"] == "</script>" and json.loads(text) == {"text": "<!-- </script>"}
    assert json.loads(rest)["quote"] == "no text"


def what_does_not_go_with_a_page_is_refused(folder):
    for option in ("--with-text", "--explain", "--until=tag"):
        expect(run("--to=html", option, SAMPLES), 2, option.partition("=")[0])


def the_page_fetches_nothing(folder):
    page = _page(FEED)
    shell = page[:page.index('<div id="data"')]
    assert set(re.findall(r"https?://[^\s'\"`]+", shell)) == {"http://www.w3.org/2000/svg"}
    for word in (" src=", "@import", "url(", "<link", "<iframe", "<base", "fetch(", "XMLHttpRequest", "innerHTML", "insertAdjacent",
                 "document.write", "eval(", "new Function", "setTimeout('", "outerHTML"):
        assert word not in shell, word


def _policy(shell):
    """The page's policy as it must be for its style and script."""
    hashes = {}
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", shell, re.DOTALL)
        hashes[tag] = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return ("default-src 'none'; base-uri 'none'; form-action 'none'; "
            f"style-src 'sha256-{hashes['style']}'; script-src 'sha256-{hashes['script']}'")


def its_policy_allows_its_own_script_and_style_alone(folder):
    page = _page(FEED)
    (policy,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy == _policy(page), "corpus/report was changed: run tests/report.py --update, and build again"


def _update_policy():
    def read(name):
        with open(os.path.join(REPORT, name), encoding="utf-8") as file:
            return file.read()
    page = read("page.html")
    policy = _policy(re.sub("@([a-z.]+)@", lambda mark: mark[0] if mark[1] == "rows" else read(mark[1]), page))
    write(os.path.join(REPORT, "page.html"),
          re.sub('(http-equiv="Content-Security-Policy" content=")[^"]*', lambda found: found[1] + policy, page))


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        _update_policy()
    else:
        run_tests(globals())
