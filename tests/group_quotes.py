#!/usr/bin/env python3
"""group_quotes: makes rows as quoth writes them, in which it is known what is the same quote and what of it was changed. Not a test itself.

    tests/group_quotes.py ROWS [SEED]     that many rows as TSV on standard output, for measuring: of a hundred rows, some sixty stand alone, the
                                          others repeat one of some quotes, whole, cut or reworded
"""
import json
import random
import sys

NAMES = ["Brandt", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Vukas", "Petrenko", "Alvarez", "Haddad", "Novak", "Costello", "Dimitrov"]
PLACES = ["Kortrade", "Westhaven", "Marlow Bay", "Ostrava Hill", "Port Ellis", "Lake Doran", "Nordvik", "Quintero", "Salt Creek", "Averton"]
MONTHS = ["January", "March", "April", "June", "July", "September", "October", "November"]

# Each has numbers {a} and {b}, a name, a place and a month; "<x|y>" is a place where y denies what x says, or the other way round.
QUOTES = [
    "We <will|will not> close {a} of the {b} schools in {place} before the winter, and {name} has known about it since {month}",
    "The bridge <was|was not> inspected in {month}, and {name} signed the report that listed {a} cracks in {b} beams",
    "I told {name} in {month} that the hospital in {place} <can|cannot> treat {a} patients a day with {b} nurses on the ward",
    "Our harvest <has|has not> fallen by {a} percent since {month}, and the farmers of {place} owe the bank {b} million dollars",
    "There <are|are no> plans to sell the port of {place}, where {a} people work, whatever {name} told the {b} members of the union",
    "Every winter the river takes {a} metres of the bank at {place}, and {name} <did|did nothing> about the {b} houses that stand there, "
    "which is why we went to court in {month} with everything that our engineers had measured",
    "My father drove the same bus through {place} for {a} years, and when {name} cut the line in {month} the company <sent|never sent> a "
    "letter to the {b} passengers who had no other way to reach the market or the clinic",
    "The ministry <paid|never paid> {a} million for the turbines in {place}; {name} asked for {b} million in {month} and got the money within a week",
    "If {name} wants {a} more trains on the line to {place}, then somebody has to say by {month} where the {b} drivers <will|will not> come from",
    "After the storm in {month} we counted {a} trees on the roads around {place}, and the {b} volunteers <slept|never slept> until "
    "{name} arrived with the generators, the blankets and the soup",
]

# Rewordings of what carries little meaning, of spelling and of inflection.
SOFT = [("the ", "those "), (" that ", " which "), (" and ", ", and so "), (" of the ", " of "), (" a ", " the "), (" in ", " at "), (" has ", " had "),
        (" was ", " is "), (" before ", " just before "), ("There are ", "There really are "), ("percent", "per cent"), (" is ", " was "),
        ("metres", "meters"), ("counted", "count"), ("schools", "school"), (" from", " really from")]
# Exchanges of words, for reported speech alone.
HARD = [("farmers", "growers"), ("people", "workers"), ("houses", "homes"), ("roads", "streets"), ("told", "warned"), ("plans", "intentions"),
        ("money", "sum"), ("letter", "notice"), ("report", "paper"), ("train", "carriage"), ("winter", "cold season"), ("sell", "give up")]

SYLLABLES = ["ba", "ren", "tol", "mi", "sar", "ku", "den", "lor", "fe", "gan", "pri", "vos", "hel", "tu", "nim", "cas", "dro", "wen", "jo", "zet"]
FUNCTION = "the of and to a in that it is was for on are as with his they at be this from have or by had not but what all were when we there can".split()


def numbers(random_):
    return random_.sample(range(13, 990), 2)


def fill(random_, template):
    a, b = numbers(random_)
    return {"template": template, "a": a, "b": b, "name": random_.choice(NAMES), "place": random_.choice(PLACES), "month": random_.choice(MONTHS)}


def words_of(base, denies=False, **changed):
    """The text of a quote; denies: the other side of its first "<x|y>"."""
    text = base["template"].format(**{**base, **changed})
    before, rest = text.split("<", 1)
    pair, after = rest.split(">", 1)
    return before + pair.split("|")[denies] + after


def repunctuate(random_, text):
    for old, new in random_.sample([(", ", " – "), ("'", "’"), (" percent", "%"), (",", ""), ("; ", ". "), (" million", "m")], 2):
        text = text.replace(old, new)
    return text + random_.choice(["", ".", ",", "!", "…"])


def trim(random_, text):
    """Cut at its ends, or within where an ellipsis says so; never between a number and what it counts."""
    words = text.replace(" million", "~million").split()
    shortest = min(max(8, len(words) * 2 // 5), len(words) - 1)
    keep = random_.randint(shortest, max(shortest, len(words) - 3))
    begin = random_.choice([0, len(words) - keep, random_.randint(0, len(words) - keep)])
    if random_.random() < 0.2 and len(words) > 20:
        cut = random_.randint(8, len(words) - 9)
        kept = words[:cut - 2] + ["…"] + words[cut + 1:]
    else:
        kept = words[begin:begin + keep]
    return " ".join(kept).replace("~", " ")


def reword(random_, text, replacements, most):
    usable = [pair for pair in replacements if pair[0] in text]
    for old, new in random_.sample(usable, min(len(usable), random_.randint(1, most))):
        text = text.replace(old, new, 1)
    return text


def other(random_, choices, not_this):
    return random_.choice([choice for choice in choices if choice != not_this])


def variant(random_, base, kind):
    """A row's quote and its kind of attribution, changed in the way that `kind` says."""
    text = words_of(base)
    if kind == "same":
        return repunctuate(random_, text), "direct"
    if kind == "trim":
        return trim(random_, text), "direct"
    if kind == "reword":
        if random_.random() < 0.3:
            return reword(random_, text, SOFT + HARD, 2), "indirect"
        return reword(random_, text, SOFT, 3), "direct"
    if kind == "number":
        key = random_.choice("ab")
        return words_of(base, **{key: other(random_, range(13, 990), base[key])}), "direct"
    if kind == "name":
        key, choices = random_.choice([("name", NAMES), ("place", PLACES), ("month", MONTHS)])
        if "{" + key + "}" not in base["template"]:
            key, choices = ("name", NAMES) if "{name}" in base["template"] else ("place", PLACES)
        return words_of(base, **{key: other(random_, choices, base[key])}), "direct"
    assert kind == "negation"
    return words_of(base, denies=True), "direct"


ALTERED = {"number", "negation", "name"}
KINDS = ["trim", "reword", "number", "negation", "name"]


def vocabulary(random_, size):
    words = set()
    while len(words) < size:
        words.add("".join(random_.choice(SYLLABLES) for _ in range(random_.randint(2, 4))))
    return sorted(words)


def zipf(n):
    """Cumulated weights of a rank's words, as they are in language."""
    total, weights = 0, []
    for rank in range(1, n + 1):
        total += 1 / rank
        weights.append(total)
    return weights


class Babble:
    """Sentences that say nothing: every other word or so from the few that tie sentences together, the others rare as words are."""

    def __init__(self, random_, size=30000):
        self.random, self.words = random_, vocabulary(random_, size)
        self.weights, self.tie_weights = zipf(size), zipf(len(FUNCTION))

    def quote(self, least=5, most=34):
        n = self.random.randint(least, most)
        content = self.random.choices(self.words, cum_weights=self.weights, k=n)
        ties = self.random.choices(FUNCTION, cum_weights=self.tie_weights, k=n)
        return " ".join(tie if self.random.random() < 0.45 else word for tie, word in zip(ties, content))


def row(doc, number, kind, speaker, quote, date=None, outlet=None):
    record = {"doc": doc, "id": f"{number:016x}", "kind": kind, "speaker": speaker, "speaker_kind": "person", "role": "", "speaker_id": "",
              "resolution": "named", "source": speaker, "cue": "said", "quote": quote, "confidence": 0.9, "checkworthy": 0.5,
              "quote_spans": [[0, len(quote)]], "source_spans": [], "cue_spans": []}
    if date:
        record["date"] = date
    if outlet:
        record["outlet"] = outlet
    return record


def known_rows(seed, n_bases, n_each, n_unrelated):
    """Rows, shuffled, and of each its group (None: alone) and in which way it was changed. Of each quote one row a kind and time is made, and
    the quote itself, which is the oldest."""
    random_ = random.Random(seed)
    babble = Babble(random_, 3000)
    rows = []
    for group in range(n_bases):
        base = fill(random_, QUOTES[group % len(QUOTES)])
        speaker = f"Ada {random_.choice(NAMES)}"
        rows.append((words_of(base), "direct", speaker, "2026-01-01", group, "same"))
        for kind in KINDS + ["same"]:
            for _ in range(n_each):
                quote, form = variant(random_, base, kind)
                rows.append((quote, form, speaker, f"2026-{random_.randint(2, 9):02}-{random_.randint(1, 28):02}", group, kind))
    for _ in range(n_unrelated):
        if random_.random() < 0.3:    # the same turns of phrase about something else
            a, b = random_.sample(QUOTES, 2)
            first, second = words_of(fill(random_, a)).split(), words_of(fill(random_, b)).split()
            quote = " ".join(first[:7] + babble.quote(8, 14).split() + second[-5:])
        else:
            quote = babble.quote()
        rows.append((quote, random_.choice(["direct", "indirect"]), f"Theo {random_.choice(NAMES)}", "2026-05-05", None, None))
    random_.shuffle(rows)
    return [(row(f"outlet{i % 40}/{i:06}.txt", i, form, speaker, quote, date), group, kind)
            for i, (quote, form, speaker, date, group, kind) in enumerate(rows)]


COLUMNS = ["doc", "id", "kind", "speaker", "speaker_kind", "role", "speaker_id", "resolution", "source", "cue", "quote", "confidence",
           "checkworthy", "quote_spans", "source_spans", "cue_spans"]


def as_tsv(record):
    spans = {name: ",".join(f"{begin}-{end}" for begin, end in record[name]) for name in ("quote_spans", "source_spans", "cue_spans")}
    return "\t".join(str({**record, **spans}[name]) for name in COLUMNS)


def as_json(record):
    return json.dumps(record, ensure_ascii=False)


def write_many(n, seed):
    random_ = random.Random(seed)
    babble = Babble(random_)
    quotes = [babble.quote(8, 40) for _ in range(max(1, n // 50))]
    write = sys.stdout.write
    write("\t".join(COLUMNS) + "\n")
    for i in range(n):
        kind, chance = "direct", random_.random()
        if chance < 0.6:
            quote = babble.quote()
            kind = "indirect" if chance < 0.3 else "direct"
        else:
            quote = quotes[min(int(random_.paretovariate(0.6)) - 1, len(quotes) - 1)]
            if chance > 0.9:
                words = quote.split()
                words[random_.randrange(len(words))] = random_.choice(babble.words)
                quote = " ".join(words)
            elif chance > 0.8:
                quote = trim(random_, quote)
        write(f"site{i % 997}/{i:08}.txt\t{i:016x}\t{kind}\tAda {NAMES[i % 12]}\tperson\tminister\t\tnamed\tBrandt\tsaid\t{quote}\t0.912\t0.431\t"
              f"100-{100 + len(quote)}\t300-306\t307-311\n")


if __name__ == "__main__":
    write_many(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
