#!/usr/bin/env python3
"""wikidata_dump: entities in the shape of Wikidata's JSON dump, for tests. All of them are invented.

usage: wikidata_dump.py sample                 prints corpus/wikidata/sample.json
       wikidata_dump.py large MEGABYTES        prints a dump of that size, for measuring
"""
import hashlib
import json
import random
import sys


def text(language, value):
    return {"language": language, "value": value}


def snak(property, value, datatype="wikibase-item"):
    """value: an item's id, a dictionary for another datavalue, or "somevalue" or "novalue"."""
    made = {"snaktype": "value", "property": property, "hash": f"{hash_of(property, value):040x}"}
    if value in ("somevalue", "novalue"):
        made["snaktype"] = value
    elif isinstance(value, dict):
        made["datavalue"] = value
    else:
        made["datavalue"] = {"value": {"entity-type": "item", "numeric-id": int(value[1:]), "id": value},
                             "type": "wikibase-entityid"}
    made["datatype"] = datatype
    return made


def time(day):
    return {"value": {"time": f"+{day}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": 11,
                      "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}, "type": "time"}


def string(value):
    return {"value": value, "type": "string"}


def hash_of(*parts):
    return int(hashlib.sha1(repr(parts).encode()).hexdigest(), 16)


def statement(id, property, value, rank="normal", end=None, start=None, datatype="wikibase-item", references=0):
    """end: the day that an end time (P582) gives, or "novalue"."""
    made = {"mainsnak": snak(property, value, datatype), "type": "statement"}
    qualifiers = {"P580": start, "P582": end}
    qualifiers = {name: [snak(name, day if day in ("somevalue", "novalue") else time(day), "time")]
                  for name, day in qualifiers.items() if day}
    if qualifiers:
        made["qualifiers"] = qualifiers
        made["qualifiers-order"] = list(qualifiers)
    number = f"{hash_of(id, property, value, start):040x}".upper()
    made["id"] = f"{id}${number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:32]}"
    made["rank"] = rank
    if references:
        made["references"] = [{"hash": f"{hash_of(id, i):040x}", "snaks": {
            "P854": [snak("P854", string(f"https://example.org/{id}/{i}"), "url")],
            "P813": [snak("P813", time("2024-03-01"), "time")]}, "snaks-order": ["P854", "P813"]} for i in range(references)]
    return made


def item(id, labels, aliases=None, descriptions=None, claims=(), sitelinks=(), type="item"):
    """labels, descriptions: language to text; aliases: language to texts; claims: (property, value, more arguments of
    statement as a dictionary); sitelinks: names of wikis. What is empty is [], as PHP writes it."""
    grouped = {}
    for property, value, *more in claims:
        grouped.setdefault(property, []).append(statement(id, property, value, **(more[0] if more else {})))
    title = next(iter(labels.values()), id)
    return {
        "type": type, "id": id,
        "labels": {code: text(code, value) for code, value in labels.items()} or [],
        "descriptions": {code: text(code, value) for code, value in (descriptions or {}).items()} or [],
        "aliases": {code: [text(code, value) for value in values] for code, values in (aliases or {}).items()} or [],
        "claims": grouped or [],
        "sitelinks": {site: {"site": site, "title": title, "badges": []} for site in sitelinks} or [],
        "pageid": int(id[1:]) + 100, "ns": 0, "title": id, "lastrevid": 2000000000 + int(id[1:]), "modified": "2026-01-02T03:04:05Z",
    }


def line(entity):
    """As PHP's json_encode writes it: no spaces, all but ASCII as escapes, slashes escaped."""
    return json.dumps(entity, separators=(",", ":")).replace("/", "\\/")


def dump(lines):
    return "[\n" + ",\n".join(lines) + "\n]\n"


def sample():
    """A minister, a writer, a ministry, a party, a company, and what their statements name; a village and a property."""
    return [
        item("Q900001", {"en": "Milena Torvald", "de": "Milena Torvald", "ru": "Милена Торвальд", "uk": "Мілена Торвальд"},
             {"en": ["Milena A. Torvald", "Milena Torvald-Rask"], "ru": ["Торвальд, Милена"]},
             {"en": "Norlandic politician and diplomat", "de": "norländische Politikerin"},
             [("P31", "Q5", {"references": 1}), ("P21", "Q6581072"), ("P27", "Q900101", {"rank": "preferred"}),
              ("P27", "Q900102", {"end": "1991-12-26"}), ("P106", "Q900201"), ("P106", "Q900202"),
              ("P39", "Q900301", {"start": "2011-01-01", "end": "2015-06-30"}),
              ("P39", "Q900302", {"rank": "preferred", "start": "2019-05-20"}),
              ("P39", "Q900303", {"start": "2015-07-01", "end": "novalue"}), ("P39", "Q900304", {"rank": "deprecated"}),
              ("P39", "somevalue")],
             ["enwiki", "dewiki", "ruwiki", "ukwiki"]),
        item("Q900002", {"mul": "Jörn Ålander"}, {"mul": ["J. Ålander"], "en": ["Jörn Ålander", "Joern Aalander"]},
             {"en": "novelist | poet"}, [("P31", "Q5"), ("P27", "Q900102", {"end": "1991-12-26"}), ("P106", "Q900203")], ["svwiki"]),
        item("Q900101", {"en": "Norland", "de": "Norland"}, {}, {"en": "country in the north"}, [("P31", "Q3624078"), ("P17", "Q900101")],
             ["enwiki"]),
        item("Q900003", {"en": "Ministry of Tides", "ru": "Министерство приливов"}, {"en": ["Tides Ministry", "MoT"]},
             {"en": "ministry of Norland"}, [("P31", "Q192350"), ("P17", "Q900101")], ["enwiki", "ruwiki"]),
        item("Q900004", {"en": "Harbour Party"}, {"en": ["HP"]}, {"en": "political party in Norland"},
             [("P31", "Q7278"), ("P31", "Q900999"), ("P17", "Q900101")], ["enwiki"]),
        item("Q900005", {"en": "Kestrel Freight"}, {}, {}, [("P31", "Q783794", {"rank": "preferred"}), ("P17", "Q900101")]),
        item("Q900006", {"en": "Old Quay"}, {}, {"en": "village in Norland"}, [("P31", "Q532"), ("P17", "Q900101")]),
        item("Q900007", {"fi": "Nimetön"}, {}, {}, [("P31", "Q5")]),
        item("Q900102", {"en": "West Norland", "mul": "West Norland"}, {}, {}, [("P31", "Q3024240")]),
        item("Q900201", {"en": "politician"}, {}, {}, [("P31", "Q28640")]),
        item("Q900202", {"en": "diplomat"}, {}, {}, [("P31", "Q28640")]),
        item("Q900203", {"en": "writer"}, {}, {}, [("P31", "Q28640")]),
        item("Q900301", {"en": "ambassador of Norland to West Norland"}, {}, {}, [("P31", "Q4164871")]),
        item("Q900302", {"en": "Minister of Tides of Norland"}, {}, {}, [("P31", "Q4164871")]),
        item("Q900303", {"en": "member of the Assembly of Norland"}, {}, {}, [("P31", "Q4164871")]),
        item("Q900304", {"en": "king of Norland"}, {}, {}, [("P31", "Q4164871")]),
        {"type": "property", "datatype": "wikibase-item", "id": "P39", "labels": {"en": text("en", "position held")},
         "descriptions": [], "aliases": [], "claims": []},
    ]


LANGUAGES = ("en de fr es it pt nl sv nb da fi pl cs sk hu ro bg sr hr sl uk ru be tr ar he fa hi bn ta te ja ko zh zh-hant zh-cn vi id "
             "ms th el et lv lt ca eu gl ga cy sq mk hy ka kk mul").split()
LETTERS = "aeiounrstlmdkp"


def large(megabytes, write, seed=1):
    """Lines of about the sizes that Wikidata's have (a median of 8 kB, few of 100 kB and more): of ten one is a person, one an organisation."""
    chance = random.Random(seed)
    word = lambda: "".join(chance.choices(LETTERS, k=chance.randint(4, 10))).capitalize()
    size, number = write("[\n"), 0
    while size < megabytes * 1000000:
        number += 1
        kind = chance.random()
        name = f"{word()} {word()}"
        codes = chance.sample(LANGUAGES, chance.randint(2, len(LANGUAGES))) if kind < 0.4 else ["en", "nl"]
        classes = "Q5" if kind < 0.1 else chance.choice(("Q783794", "Q7278", "Q192350", "Q3918")) if kind < 0.2 else \
            "Q13442814" if kind < 0.6 else "Q900998"
        claims = [("P31", classes, {"references": 1}), ("P17", f"Q{chance.randint(1, 300)}")]
        if kind < 0.1:
            claims += [("P39", f"Q{chance.randint(1, 100000)}", {"start": "2001-02-03", "end": "2005-06-07", "references": 1})
                       for _ in range(chance.randint(0, 6))]
            claims += [("P106", f"Q{chance.randint(1, 3000)}"), ("P27", f"Q{chance.randint(1, 300)}")]
        claims += [(f"P{chance.randint(200, 9000)}", string(word()), {"datatype": "external-id", "references": chance.randint(0, 2)})
                   for _ in range(int(chance.lognormvariate(1.6, 0.9)))]
        entity = item(f"Q{number}", {code: name for code in codes}, {code: [word(), name] for code in codes[::4]},
                      {code: f"{word().lower()} of {word()}" for code in codes}, claims, [f"{code}wiki" for code in codes[::3]])
        size += write((",\n" if number > 1 else "") + line(entity))
    write("\n]\n")


if __name__ == "__main__":
    if sys.argv[1] == "sample":
        sys.stdout.write(dump(map(line, sample())))
    else:
        large(int(sys.argv[2]), sys.stdout.write)
