#!/usr/bin/env python3
"""handover: what --to=claimreview and --to=annotation write is what the formats ask for, and it says the same as the JSON lines.

The rules are those of schema.org for ClaimReview, Claim, NewsArticle and their parts, and of the W3C's Web Annotation Data Model; held here to tables of
what a member may be. The metadata and ids are also hostile ones.
"""
import json
import os
import re

from program import SOURCE, expect, run, run_tests, write

ARTICLE = "“We go,” Ada Brandt, the mayor, said on Monday. “The mill is closed.”\n\nA spokesman said that a café 🎈 had “four floors”. It is not so, according to the Mill Board."


# ---- a small schema: a type is a function that raises where a value is none; an object has all members without a question mark ----

def _text(value):
    assert isinstance(value, str) and value.strip(), value


def _matches(pattern):
    def check(value):
        assert isinstance(value, str) and re.fullmatch(pattern, value), value
    return check


def _is(*values):
    def check(value):
        assert value in values, value
    return check


def _object(**members):
    def check(value):
        assert isinstance(value, dict), value
        names = {name.rstrip("_").replace("at_", "@"): (name, kind) for name, kind in members.items()}
        for name, (given, _) in names.items():
            assert given.endswith("_") or name in value, f"{name} is missing: {value}"
        for name, member in value.items():
            assert name in names, f"{name} is unknown: {value}"
            names[name][1](member)
    return check


def _any(*kinds):
    def check(value):
        problems = []
        for kind in kinds:
            try:
                return kind(value)
            except AssertionError as problem:
                problems.append(str(problem))
        raise AssertionError("; ".join(problems))
    return check


def _list(kind):
    def check(value):
        assert isinstance(value, list) and value, value
        for item in value:
            kind(item)
    return check


# RFC 3986, without what no address here has
IRI = _matches(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
WEB_ADDRESS = _matches(r"(?i:https?)://(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
DATE = _matches(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")

# A member that may be missing has a line below its name, as in jobTitle_; at_type is @type.
PERSON = _object(at_type=_is("Person"), name=_text, jobTitle_=_text, identifier_=_text, sameAs_=WEB_ADDRESS)
ORGANIZATION = _object(at_type=_is("Organization"), name=_text, description_=_text, identifier_=_text, sameAs_=WEB_ADDRESS)
CONTENT = _object(at_type=_is("Quotation", "CreativeWork"), text=_text, url_=WEB_ADDRESS)
NEWS_ARTICLE = _object(at_type=_is("NewsArticle"), identifier=_text, url_=WEB_ADDRESS, headline_=_text, datePublished_=DATE,
                       publisher_=_object(at_type=_is("Organization"), name=_text), hasPart=CONTENT)
CLAIM = _object(at_type=_is("Claim"), identifier=_matches("[0-9a-f]{16}"), text=_text, author_=_any(PERSON, ORGANIZATION), appearance=NEWS_ARTICLE)
CLAIM_REVIEW = _object(at_context=_is("https://schema.org"), at_type=_is("ClaimReview"), claimReviewed=_text, itemReviewed=CLAIM)

BODY = _any(_object(type=_is("TextualBody"), purpose=_is("classifying", "identifying", "describing", "tagging"), value=_text),
            _object(type=_is("SpecificResource"), purpose=_is("identifying"), source=IRI))


def _position(value):
    assert isinstance(value, int) and not isinstance(value, bool) and value >= 0, value


def _string(value):
    assert isinstance(value, str), value


def _selectors(value):
    assert isinstance(value, list) and len(value) == 2, value
    _object(type=_is("TextQuoteSelector"), exact=_text, prefix=_string, suffix=_string)(value[0])
    _object(type=_is("TextPositionSelector"), start=_position, end=_position)(value[1])


TARGET = _object(type=_is("SpecificResource"), source=IRI, selector=_selectors)
ANNOTATION = _object(at_context=_is("http://www.w3.org/ns/anno.jsonld"), id=IRI, type=_is("Annotation"), motivation=_is("identifying"),
                     body=_list(BODY), target=_any(TARGET, _list(TARGET)))


# ---- the rows of the same documents in each format ----

def _lines(form, *arguments):
    out = expect(run(f"--to={form}", *arguments), 0).out.decode("utf-8")
    assert out.endswith("\n") and "\r" not in out
    return [json.loads(line, object_pairs_hook=_unique) for line in out.split("\n")[:-1]]


def _unique(pairs):
    assert len(dict(pairs)) == len(pairs), f"a name stands twice: {pairs}"
    return dict(pairs)


def _check_review(review, row):
    CLAIM_REVIEW(review)
    claim, appearance = review["itemReviewed"], review["itemReviewed"]["appearance"]
    assert review["claimReviewed"] == claim["text"] == (row.get("claim") or row["quote"]), (review, row)
    assert claim["identifier"] == row["id"] and appearance["identifier"] == row["doc"]
    assert appearance["hasPart"]["text"] == row["quote"] and appearance["hasPart"].get("url", "") == row["link"]
    assert (appearance["hasPart"]["@type"] == "Quotation") == (row["kind"] != "indirect")
    assert appearance.get("headline", "") == row.get("title", "")
    assert appearance.get("publisher", {}).get("name", "") == row.get("outlet", "")
    author = claim.get("author", {})
    assert author.get("name", "") == row["speaker"]
    assert {author.get("identifier", ""), author.get("sameAs", "")} == {"", row["speaker_id"]} or not row["speaker"]
    assert author.get("jobTitle", author.get("description", "")) == row["role"] or not row["speaker"]
    if row["speaker_kind"] in ("person", "organization"):
        assert author["@type"] == row["speaker_kind"].capitalize()


def _check_annotation(annotation, row):
    ANNOTATION(annotation)
    assert annotation["id"] == "urn:quoth:row:" + row["id"]
    bodies = [body.get("value", body.get("source")) for body in annotation["body"]]
    assert bodies == [row["kind"]] + [row[name] for name in ("speaker", "speaker_id", "role", "cue") if row[name]], (bodies, row)
    targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
    assert len(targets) == len(row["quote_spans"])
    text, data = row["text"], row["text"].encode()
    for target, (begin, end) in zip(targets, row["quote_spans"]):
        words, place = target["selector"]
        start, stop = place["start"], place["end"]
        assert words["exact"] == text[start:stop] == data[begin:end].decode(), (target, row)
        assert words["prefix"] == text[max(0, start - 32):start] and words["suffix"] == text[stop:stop + 32], target


def _check_all(path, *arguments):
    rows = _lines("jsonl", "--with-text", path, *arguments)
    reviews, annotations = _lines("claimreview", path, *arguments), _lines("annotation", path, *arguments)
    assert len(rows) == len(reviews) == len(annotations) > 0
    for row, review, annotation in zip(rows, reviews, annotations):
        _check_review(review, row)
        _check_annotation(annotation, row)
    return rows, reviews, annotations


def the_samples_are_handed_over(folder):
    gazetteer = "--gazetteer=" + os.path.join(SOURCE, "corpus/gazetteer.tsv")
    assert len(_check_all(os.path.join(SOURCE, "corpus/samples"), gazetteer)[0]) > 100
    rows, reviews, _ = _check_all(os.path.join(SOURCE, "corpus/feed.jsonl"), gazetteer)
    assert any("identifier" in review["itemReviewed"].get("author", {}) for review in reviews)
    for row, review in zip(rows, reviews):
        assert review["itemReviewed"]["appearance"]["url"] == row["url"] and review["itemReviewed"]["appearance"]["datePublished"] == row["date"]


def documents_without_metadata_are_named_by_their_id(folder):
    path = write(f"{folder}/a b\"ü.txt", ARTICLE)
    rows, reviews, annotations = _check_all(path)
    for review, annotation in zip(reviews, annotations):
        assert "url" not in review["itemReviewed"]["appearance"]
        for target in annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]:
            assert target["source"].startswith("urn:quoth:document:") and target["source"].endswith("a%20b%22%C3%BC.txt")
    assert any(isinstance(annotation["target"], list) for annotation in annotations)


def whatever_the_metadata_are_the_output_holds_the_rules(folder):
    nasty = ["", " ", "\"\\\b\u0000\u001f\u2028</script>", "https://a.example/ä ö\"<>\\^`{|}%", "x" * 3000, "\U0001F388"]
    records = [{"id": f"{number}{value}", "text": ARTICLE, "url": value, "title": value, "date": value, "outlet": value}
               for number, value in enumerate(nasty)]
    path = write(f"{folder}/in.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    for form, check in (("claimreview", CLAIM_REVIEW), ("annotation", ANNOTATION)):
        lines = _lines(form, path)
        assert len(lines) >= 3 * len(records)
        for line in lines:
            check(line)


def only_dates_of_iso_8601_are_dates(folder):
    good = ["2026-11-20", "2026-11-20T10:30", "2026-11-20T10:30:05Z", "2026-11-20T10:30:05.250+01:00", "2026-11-20T10:30:05+0100"]
    bad = ["20 Nov 2026", "2026", "2026-11", "2026-11-20 10:30", "2026-11-2", "2026-11-20T", "2026-11-20Tten", "2026-11-20T10:30.5", "2026-11-20T10:30+01:", "2026-11-20T10:30Zz", "2026-11-20T10:30:05.", "2026-11-200", "Fri, 20 Nov 2026 10:30:00 GMT"]
    path = write(f"{folder}/in.jsonl", "".join(json.dumps({"id": date, "date": date, "text": "“The bridge is closed,” Ada Brandt said."}) + "\n" for date in good + bad))
    for review in _lines("claimreview", path):
        article = review["itemReviewed"]["appearance"]
        assert article.get("datePublished") == (article["identifier"] if article["identifier"] in good else None)


def an_id_that_is_an_address_is_the_same_as_the_speaker(folder):
    table = write(f"{folder}/people.tsv", "id\tkind\tname\taliases\tdescription\tcountry\nhttps://id.example/brandt?a=\"b\"\tperson\tAda Brandt\t\tmayor\t\n")
    path = write(f"{folder}/a.txt", ARTICLE)
    reviews, annotations = (_lines(form, path, f"--gazetteer={table}") for form in ("claimreview", "annotation"))
    authors = [review["itemReviewed"]["author"] for review in reviews]
    assert {"@type": "Person", "name": "Ada Brandt", "jobTitle": "mayor", "sameAs": "https://id.example/brandt?a=%22b%22"} in authors, authors
    bodies = [body for annotation in annotations for body in annotation["body"]]
    assert {"type": "SpecificResource", "purpose": "identifying", "source": "https://id.example/brandt?a=%22b%22"} in bodies


def broken_bytes_count_as_one_character_each(folder):
    path = write(f"{folder}/a.txt", "Caf\u00e9 ".encode() + b"\xff\xfe\xe2\x80 " + "“The 🎈 bridge ".encode() + b"\xc3\x28" + " is closed,” Ada Brandt said.".encode())
    rows, annotations = _lines("jsonl", "--with-text", path), _lines("annotation", path)
    assert rows
    for row, annotation in zip(rows, annotations):
        words, place = annotation["target"]["selector"]
        assert words["exact"] == row["text"][place["start"]:place["end"]] and "\ufffd" in words["exact"], annotation


if __name__ == "__main__":
    run_tests(globals())
