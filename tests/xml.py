#!/usr/bin/env python3
"""xml: NITF, NewsML-G2, RSS and Atom give the articles in them; hostile XML is told, fetches nothing, and the rest is read."""
import gzip
import json
import os
import tarfile

from program import IS_SANITIZED, expect, run, run_tests, write

SENTENCE = "The harbour stays shut until Friday, Mayor Ada Brandt said on Monday."
SECOND = "“Nobody sails in this,” she told the council. “I have asked the gulls.”"


def _records(result):
    """One for each document: its first row's doc, with metadata and text."""
    records = {}
    for line in result.out.splitlines():
        row = json.loads(line)
        records.setdefault(row["doc"], row)
    return list(records.values())


def _read(folder, name, content, *arguments):
    path = write(f"{folder}/{name}", content)
    return _records(expect(run("-t", "jsonl", "--with-text", *arguments, path), 0))


def _is(record, **fields):
    got = {name: record.get(name, "") for name in fields}
    assert got == fields, got


def _nitf(body, head="", prolog='<?xml version="1.0" encoding="UTF-8"?>'):
    return (f'{prolog}<nitf><head><title>Harbour shut (2)</title><docdata>{head}<doc-id id-string="harbour-17"/>'
            f'<date.issue norm="20261123T0800Z"/></docdata><pubdata name="Harbour Post" ex-ref="https://a.example/17"/></head><body><body.head>'
            f'<hedline><hl1>Harbour shut</hl1><hl2>Storm keeps ships in</hl2></hedline><byline>By Ann Lee</byline></body.head>'
            f'<body.content>{body}</body.content><body.end><tagline>Ann Lee reports on ships, and said so.</tagline></body.end></body></nitf>')


PARAGRAPHS = f"<block><p>{SENTENCE}</p><media><media-caption>The harbour, she said.</media-caption></media><hl2>Gulls &amp; storms</hl2><p>{SECOND}</p></block>"
TEXT = f"{SENTENCE}\n\nGulls & storms\n\n{SECOND}"
META = {"title": "Harbour shut", "date": "20261123T0800Z", "outlet": "Harbour Post", "url": "https://a.example/17", "doc": "harbour-17", "text": TEXT}


def nitf_is_read(folder):
    for name in "a.xml", "a.nitf", "a.dat":
        records = _read(folder, name, _nitf(PARAGRAPHS))
        assert len(records) == 1
        _is(records[0], **META)


def any_encoding_that_the_file_names_is_read(folder):
    plain = PARAGRAPHS.replace("“", '"').replace("”", '"').replace("Brandt", "Brändt")
    for encoding in "utf-8", "iso-8859-1", "utf-16":
        content = _nitf(plain, prolog=f'<?xml version="1.0" encoding="{encoding}"?>').encode(encoding)
        assert "Ada Brändt" in _read(folder, "a.xml", content)[0]["text"], encoding


def _news_item(guid, content):
    return (f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1"><itemMeta><provider literal="HP"><name>Harbour Post</name>'
            f'</provider><versionCreated>2026-11-24</versionCreated><title>slug</title></itemMeta><contentMeta><contentCreated>2026-11-23</contentCreated>'
            f'<headline>Harbour shut</headline><subject><name>ports</name></subject></contentMeta><contentSet>{content}</contentSet></newsItem>')


def newsml_is_read_alone_and_in_messages(folder):
    inline = f'<inlineXML contenttype="application/nitf+xml">{_nitf(PARAGRAPHS, prolog="")}</inlineXML>'
    html = (f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body><h1>Harbour shut</h1><p>{SENTENCE}</p>'
            f'<h3>Gulls &amp; storms</h3><p>{SECOND}</p></body></html></inlineXML>')
    data = f'<inlineData contenttype="text/plain">{TEXT.replace("&", "&amp;")}</inlineData>'
    for content in inline, html, data:
        records = _read(folder, "a.xml", _news_item("urn:x:1", content))
        assert len(records) == 1
        _is(records[0], doc="urn:x:1", title="Harbour shut", date="2026-11-23", outlet="Harbour Post", text=TEXT)
    message = "<newsMessage><itemSet>" + "".join(_news_item(f"urn:x:{i}", html) for i in range(3)) + "</itemSet></newsMessage>"
    assert [record["doc"] for record in _read(folder, "m.xml", message)] == ["urn:x:0", "urn:x:1", "urn:x:2"]


def _rss(*items):
    return ('<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>'
            '<image><title>logo</title></image>' + "".join(items) + "</channel></rss>")


def _item(i, content):
    return (f"<item><title>Harbour shut</title><link>https://a.example/{i}</link><guid isPermaLink='false'>hp-{i}</guid>"
            f"<pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>{content}</item>")


HTML = f"<p>{SENTENCE}</p><figure><figcaption>The harbour.</figcaption></figure><h3>Gulls &amp; storms</h3><p>{SECOND}</p>"


def feeds_are_read(folder):
    escaped = HTML.replace("&", "&amp;").replace("<", "&lt;")
    items = [_item(1, f"<description>Short, she said.</description><content:encoded><![CDATA[{HTML}]]></content:encoded>"),
             _item(2, f"<content:encoded>{escaped}</content:encoded>")]
    records = _read(folder, "feed.rss", _rss(*items))
    assert len(records) == 2
    for i, record in enumerate(records):
        _is(record, doc=f"hp-{i + 1}", title="Harbour shut", date="Mon, 23 Nov 2026 08:00:00 GMT", outlet="Harbour Post",
            url=f"https://a.example/{i + 1}", text=TEXT)
    entry = ("<entry><id>e{}</id><title>Harbour shut</title><link rel='enclosure' href='https://no.example/'/><link href='https://a.example/1'/>"
             "<updated>2026-11-24</updated><published>2026-11-23</published><summary>Short.</summary>{}</entry>")
    contents = [f"<content type='html'>{escaped}</content>", f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{HTML}</div></content>",
                f"<content type='text'>{TEXT.replace('&', '&amp;')}</content>"]
    atom = ("<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour Post</title>" + "".join(entry.format(i, c) for i, c in enumerate(contents)) + "</feed>")
    records = _read(folder, "feed.dat", atom)
    assert len(records) == 3
    for i, record in enumerate(records):
        _is(record, doc=f"e{i}", title="Harbour shut", date="2026-11-23", outlet="Harbour Post", url="https://a.example/1", text=TEXT)


def a_summary_counts_only_where_it_is_long(folder):
    long = "&lt;p&gt;" + (SENTENCE + " ") * 8 + "&lt;/p&gt;"
    path = write(f"{folder}/feed.rss", _rss(_item(1, "<description>Short, Ada Brandt said.</description>"), _item(2, f"<description>{long}</description>"), _item(3, "")))
    result = expect(run(path), 1, "feed.rss:1", "a summary only", "feed.rss:3", "it has no text")
    assert {row["doc"] for row in result.rows()} == {"hp-2"}


def entities_are_not_expanded_without_bound(folder):
    laughs = "".join(f'<!ENTITY l{i} "{("&l%d;" % (i - 1)) * 10}">' for i in range(1, 12))
    secret = write(f"{folder}/secret.dat", "The secret, Ada Brandt said.")
    cases = {
        "laughs": ('<!DOCTYPE nitf [<!ENTITY l0 "ha ha">' + laughs + "]>", "&l11;"),
        "blowup": ('<!DOCTYPE nitf [<!ENTITY b "' + "b" * 100000 + '">]>', "&b;" * 10000),
        "loop": ('<!DOCTYPE nitf [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
        "file": (f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"),
        "net": ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
    }
    good = write(f"{folder}/z.xml", _nitf(PARAGRAPHS))
    for name, (prolog, entity) in cases.items():
        path = write(f"{folder}/{name}.xml", _nitf(f"<p>{SENTENCE} {entity}</p>", prolog=prolog))
        result = expect(run(path, good, timeout=20), 1, f"{name}.xml:1")
        assert {row["doc"] for row in result.rows()} == {"harbour-17"} and b"secret, Ada" not in result.out, name
        assert result.peak < 300, (name, result.peak)
    outer = _nitf(PARAGRAPHS, prolog=f'<!DOCTYPE nitf SYSTEM "file://{secret}" [<!ENTITY % p SYSTEM "file://{secret}"> %p;]>')
    assert b"secret, Ada" not in run(write(f"{folder}/p.xml", outer)).out


def small_entities_of_its_own_are_text(folder):
    content = _nitf(PARAGRAPHS.replace("Ada", "&who;"), prolog='<!DOCTYPE nitf [<!ENTITY who "Ada">]>')
    assert _read(folder, "a.xml", content)[0]["text"] == TEXT


def broken_files_are_told_and_the_rest_is_read(folder):
    good = write(f"{folder}/z.xml", _nitf(PARAGRAPHS))
    whole = _rss(*[_item(i, "<!-- " + "x" * 600 + f" --><content:encoded><![CDATA[{HTML}]]></content:encoded>") for i in range(1, 4)])
    cases = [
        (whole[:whole.rindex("</item>")], "feed.rss:3: broken XML at line 1: it is cut short", {"hp-1", "hp-2"}),
        (whole.replace("<pubDate>Mon", "<pubDate>Mon</oops>", 1).replace("<title>Harbour shut", "\n<title>Harbour shut"), "feed.rss:1: broken XML at line 2", set()),
        ("<a><b/></a>", "its root is <a>", set()),
        ("no XML at all", "broken XML at line 1", set()),
        ("", "broken XML", set()),
        ("<rss>" + "<channel>" * 100000, "broken XML", set()),
        (_rss("<item><title>" + "x" * 20000000 + "</title></item>"), "feed.rss:1", set()),
        (_rss(_item(1, f"<content:encoded>{'&lt;div&gt;' * 100000}</content:encoded>"), _item(2, f"<content:encoded><![CDATA[{HTML}]]></content:encoded>")), "too deep", {"hp-2"}),
        ('<?xml version="1.0" encoding="x-nonsense"?>' + whole[21:], "broken XML", set()),
    ]
    for content, words, docs in cases:
        path = write(f"{folder}/feed.rss", content)
        result = expect(run(path, good, timeout=60), 1, words)
        assert {row["doc"] for row in result.rows()} == docs | {"harbour-17"}, (words, result.err[:300])


def other_xml_is_left_out_where_nobody_named_it(folder):
    os.mkdir(f"{folder}/in")
    others = {"pom.xml": "<?xml version='1.0'?><project><name>x</name></project>", "sitemap.xml": "<urlset><url/></urlset>", "b/logo.xml.gz": "<svg/>"}
    os.mkdir(f"{folder}/in/b")
    for name, content in others.items():
        write(f"{folder}/in/{name}", gzip.compress(content.encode()) if name.endswith("gz") else content)
    write(f"{folder}/in/z.xml", _nitf(PARAGRAPHS))
    with tarfile.open(f"{folder}/in.tar", "w") as tar:
        tar.add(f"{folder}/in", "in", filter=lambda member: None if member.name.endswith(".gz") else member)
    words = "no XML of news: its root is <"
    result = expect(run(f"{folder}/in"), 0, f"/in/b/logo.xml.gz: {words}svg>", "left out (3 such files)")
    assert {row["doc"] for row in result.rows()} == {"harbour-17"} and len(result.messages()) == 1
    result = expect(run(f"{folder}/in.tar"), 0, f"/in.tar/in/", "left out (2 such files)")
    assert {row["doc"] for row in result.rows()} == {"harbour-17"}
    for arguments in ((f"{folder}/in/pom.xml", f"{folder}/in/z.xml"), ("--from=nitf", f"{folder}/in")):
        result = expect(run(*arguments), 1, f"/pom.xml:1: {words}project>")
        assert {row["doc"] for row in result.rows()} == {"harbour-17"}


def a_feed_larger_than_memory_passes(folder):
    with open(f"{folder}/large.rss", "w", encoding="utf-8") as file:
        file.write(_rss()[:-len("</channel></rss>")])
        padding = "<!-- " + "x" * 5000 + " -->"
        for i in range(12000):
            file.write(_item(i, padding + ("<content:encoded><![CDATA[%s]]></content:encoded>" % HTML if i % 100 == 0 else "<description>x</description>")))
        file.write("</channel></rss>")
    result = run("--errors=/dev/null", f"{folder}/large.rss")
    assert len({row["doc"] for row in result.rows()}) == 120 and (IS_SANITIZED or result.peak < 150), result.peak


run_tests(globals())
