#!/usr/bin/env python3
"""web: pages of any character set and web archives give the rows of the articles in them; broken ones a message, and the rest goes on."""
import gzip
import json
import zlib

from program import expect, run, run_tests, write

SENTENCE = "The bridge stays closed until the spring, Mayor Ada Brandt said on Monday."
UMLAUTS = "Die Brücke bleibt zu – “the café is open”, Jürgen Müller said at Łódź station."


def _page(text, head="", charset=None):
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!doctype html><html><head>{meta}{head}</head><body><nav><a href=/>Home</a></nav><article><p>{text}</p></article></body></html>"


def _texts(result):
    return [json.loads(line)["text"] for line in result.out.splitlines()]


def _text_of(folder, content, *arguments):
    path = write(f"{folder}/page.html", content)
    texts = _texts(expect(run("-t", "jsonl", "--with-text", *arguments, path), 0))
    assert texts and len(set(texts)) == 1, texts
    return texts[0]


def a_page_may_have_any_character_set(folder):
    latin = UMLAUTS.replace("Łódź", "Lodz")
    cases = [
        (_page(UMLAUTS, charset="utf-8").encode(), UMLAUTS),
        (_page(UMLAUTS).encode(), UMLAUTS),
        (b"\xef\xbb\xbf" + _page(UMLAUTS, charset="iso-8859-1").encode(), UMLAUTS),
        (b"\xff\xfe" + _page(UMLAUTS).encode("utf-16-le"), UMLAUTS),
        (b"\xfe\xff" + _page(UMLAUTS).encode("utf-16-be"), UMLAUTS),
        (_page(latin, charset="windows-1252").encode("cp1252"), latin),
        (_page(latin, charset="ISO-8859-1").encode("cp1252"), latin),       # browsers read it so
        (_page(latin).encode("cp1252"), latin),                             # says nothing
        (_page(UMLAUTS, charset="windows-1252").encode(), UMLAUTS),         # says what is not true
        (_page(latin, charset="utf-8").encode("cp1252"), latin),            # the same
        (_page(UMLAUTS, '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">').replace("–", "-").replace("“", '"')
         .replace("”", '"').encode("iso-8859-2"), UMLAUTS.replace("–", "-").replace("“", '"').replace("”", '"')),
        (_page(UMLAUTS, charset="x-nonsense").encode(), UMLAUTS),
        (_page("Ада Брандт, Ada Brandt said on Monday, “мост закрыт” for weeks.", charset="koi8-r")
         .replace("“", '"').replace("”", '"').encode("koi8-r"), 'Ада Брандт, Ada Brandt said on Monday, "мост закрыт" for weeks.'),
    ]
    for content, text in cases:
        got = _text_of(folder, content)
        assert got == text, (content[:120], got)


def a_broken_byte_costs_one_letter(folder):
    content = _page(SENTENCE + " Caf\u00e9s open, he said. " + UMLAUTS, charset="utf-8").encode().replace("Caf\u00e9s".encode(), b"Caf\xe9s")
    assert "Caf\ufffds open" in _text_of(folder, content)


def spans_point_into_the_text(folder):
    path = write(f"{folder}/page.html", _page(f"{SENTENCE}</p><p>&ldquo;We wait,&rdquo; she&nbsp;said. <b>“Like   you</b>r\nneighbours.”"))
    rows = [json.loads(line) for line in expect(run("-t", "jsonl", "--with-text", path), 0).out.splitlines()]
    assert len(rows) >= 2
    for row in rows:
        parts = [row["text"].encode()[begin:end].decode() for begin, end in row["quote_spans"]]
        assert " ".join(parts) == row["quote"], row
    assert rows[1]["quote"] == "We wait, Like your neighbours."


def metadata_come_along(folder):
    graph = {"@graph": [{"@type": "WebSite", "name": "no"}, {"@type": ["NewsArticle"], "headline": "Bridge shut", "datePublished": "2026-11-20",
                                                            "publisher": {"name": "Harbour Post"}, "mainEntityOfPage": {"@id": "https://a.example/1"}}]}
    heads = [
        f'<script type="application/ld+json">{json.dumps(graph)}</script><title>other</title>',
        '<meta property="og:title" content="Bridge shut"><meta property="og:site_name" content="Harbour Post">'
        '<meta property="article:published_time" content="2026-11-20"><link rel="canonical" href="https://a.example/1">',
        '<script type="application/ld+json">{broken</script><meta property="og:site_name" content="Harbour Post"><title>Bridge shut | Harbour Post</title>'
        '<meta name="date" content="2026-11-20"><meta property="og:url" content="https://a.example/1">',
    ]
    for head in heads:
        path = write(f"{folder}/page.html", _page(SENTENCE, head))
        row = json.loads(expect(run("-t", "jsonl", path), 0).out.splitlines()[0])
        assert (row["title"], row["date"], row["outlet"], row["url"]) == ("Bridge shut", "2026-11-20", "Harbour Post", "https://a.example/1"), row
        assert row["doc"] == path and "text" not in row


def hostile_pages_are_told_in_short_time(folder):
    good = write(f"{folder}/z.html", _page(SENTENCE))
    pages = {
        "deep": "<html><body>" + "<div>" * 100000 + f"<p>{SENTENCE}</p>",
        "inline": "<html><body>" + "<b><i><p>" * 30000 + SENTENCE,
        "crowded": "<html><body><p " + " ".join(f"a{i}=1" for i in range(100000)) + f">{SENTENCE}</p>",
        "open": "<html><body><p title='" + "x " * 100000,
        "comment": "<html><!-- " + "- " * 100000,
        "script": "<html><script>" + "if(a<b)" * 100000,
        "entities": "<html><body><p>" + "&amp;&#0;&bogus;&" * 50000,
        "empty": "<html></html>",
        "breaks": "<html><body><p>" + "<br>" * 200000,
    }
    for name, page in pages.items():
        path = write(f"{folder}/a.html", page)
        result = run(path, good, timeout=60)
        assert result.status in (0, 1), (name, result.status, result.err[:300])
        assert any(row["doc"] == good for row in result.rows()), name
    expect(run(write(f"{folder}/a.html", pages["deep"])), 1, "a.html: the page is too large, or nested too deep")
    expect(run(write(f"{folder}/a.html", pages["empty"])), 1, "a.html: the page has no article text")


# ---- archives ----

def _record(kind, block, content_type, uri="https://a.example/1", length=None, version="1.0"):
    head = (f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-11-20T08:00:00Z\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def _response(body, headers=(), status="200 OK"):
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(h.lower().startswith("content-type") for h in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _page_record(i, body=None, headers=(), status="200 OK", **more):
    return _record("response", _response(_page(SENTENCE).encode() if body is None else body, headers, status), "application/http; msgtype=response",
                   f"https://a.example/{i}", **more)


def _docs(result):
    return [row["doc"].rsplit("/", 1)[1] for row in result.rows()]


def _chunked(body, n=37):
    parts = [body[i:i + n] for i in range(0, len(body), n)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _brotli(body):
    """One block of brotli that is not compressed (RFC 7932, 9.2), and the empty last one: a window of 16 bits, then ISLAST, MNIBBLES, MLEN - 1 and
    ISUNCOMPRESSED, each from its lowest bit."""
    return ((len(body) - 1) << 4 | 1 << 20).to_bytes(3, "little") + body + b"\x03"


def pages_of_an_archive_are_read(folder):
    body = _page(SENTENCE).encode()
    records = [
        _record("warcinfo", b"software: test\r\n", "application/warc-fields"),
        _record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        _page_record("plain"), _page_record("version", version="1.1"),
        _page_record("chunked", _chunked(body), ["Transfer-Encoding: chunked"]),
        _page_record("unchunked", body, ["Transfer-Encoding: chunked"]),
        _page_record("gzip", gzip.compress(body), ["Content-Encoding: gzip"]),
        _page_record("ungzipped", body, ["Content-Encoding: gzip"]),
        _page_record("both", _chunked(gzip.compress(body)), ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),
        _page_record("brotli", _brotli(body), ["Content-Encoding: br"]), _page_record("unbrotlied", body, ["Content-Encoding: br"]),
        _page_record("chunkedbr", _chunked(_brotli(body)), ["content-encoding: BR", "Transfer-Encoding: chunked"]),
        _page_record("deflate", zlib.compress(body), ["Content-Encoding: deflate"]),
        _page_record("raw", zlib.compress(body)[2:-4], ["Content-Encoding: deflate"]),
        _page_record("untyped", body, ["Content-Type-Options: none"]),
        _page_record("gone", status="404 Not Found"), _page_record("moved", b"", status="301 Moved"),
        _page_record("image", b"\x89PNG", ["Content-Type: image/png"]),
        _page_record("latin", _page(UMLAUTS.replace("Łódź", "Lodz")).encode("cp1252"), ["Content-Type: text/html; charset=ISO-8859-1"]),
        _record("conversion", SENTENCE.encode(), "text/plain", "https://a.example/wet"),
        _record("metadata", b"x: y\r\n", "application/warc-fields"),
    ]
    want = ["plain", "version", "chunked", "unchunked", "gzip", "ungzipped", "both", "brotli", "unbrotlied", "chunkedbr", "deflate", "raw", "untyped", "latin", "wet"]
    plain = write(f"{folder}/a.warc", b"".join(records))
    packed = write(f"{folder}/a.warc.gz", b"".join(map(gzip.compress, records)))
    for path in (plain, packed):
        assert _docs(expect(run(path), 0)) == want, path
        with open(path, "rb") as file:
            assert _docs(expect(run(stdin=file), 0)) == want
    row = json.loads(expect(run("-t", "jsonl", plain), 0).out.splitlines()[0])
    assert (row["doc"], row["url"], row["date"]) == ("https://a.example/plain", "https://a.example/plain", "2026-11-20T08:00:00Z")


def a_claim_is_dated_by_its_article_not_by_its_archive(folder):
    text = 'The mayor of Lodz, Anna Berg, spoke at noon. "The old bridge fell yesterday," Berg said to reporters, and left the hall by the back door.'
    said = '<meta name="date" content="2026-11-19">'
    for head, claim in (("", "The old bridge fell yesterday."), (said, "The old bridge fell yesterday [article dated 2026-11-19].")):
        path = write(f"{folder}/dated.warc", _page_record("dated", _page(text, head).encode()))
        assert [row["claim"] for row in expect(run(path), 0).rows()] == [claim], head


def broken_records_are_told_and_the_rest_is_read(folder):
    body = _page(SENTENCE).encode()
    cases = [
        (_page_record("x", length=10), "no record begins here (a wrong Content-Length before?)"),
        (b"garbage between\r\n\r\n", "no record begins here"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n", "no Content-Length that is a number"),
        (b"WARC/1.0\r\nContent-Length: 12x\r\n\r\n\r\n", "no Content-Length that is a number"),
        (b"WARC/1.0\r\n" + b"X-Header: y\r\n" * 500 + b"\r\n", "the record's head has no end"),
        (_page_record("x", gzip.compress(body)[:-20], ["Content-Encoding: gzip"]), "the body's compressed data are broken or cut short"),
        (_page_record("x", _chunked(body)[:100], ["Transfer-Encoding: chunked"]), "the body's last chunk is cut short"),
        (_page_record("x", _brotli(body)[:-20], ["Content-Encoding: br"]), "the body's compressed data are broken or cut short"),
        (_page_record("x", b"\xff" * 9, ["Content-Encoding: br"]), "the body's compressed data are broken or cut short"),
        # a mebibyte of zeros in fourteen bytes
        (_page_record("x", bytes.fromhex("5bffff8f7f02201e0b0472ef1f00"), ["Content-Encoding: br"]), "too large"),
        (_page_record("x", b""), "the response has no body"),
        (_page_record("x", b"<html><body></body></html>"), "the page has no article text"),
        (_page_record("x", _page("y " * 200000).encode()), "the record is larger than"),
    ]
    for broken, words in cases:
        path = write(f"{folder}/a.warc", _page_record("one") + broken + _page_record("two"))
        result = expect(run("--max-document=64K", path), 1, "a.warc:", words)
        assert _docs(result)[0] == "one" and _docs(result)[-1] == "two", (words, result.out)
    cut = write(f"{folder}/a.warc", _page_record("one") + _page_record("two")[:200])
    assert _docs(expect(run(cut), 1, "a.warc:2: the record is cut short")) == ["one"]
    long = write(f"{folder}/a.warc", _page_record("one") + _page_record("two", length=10 ** 17))
    assert _docs(expect(run(long), 1, "a.warc:2: the record is cut short")) == ["one"]


run_tests(globals())
