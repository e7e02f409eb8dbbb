#!/usr/bin/env python3
"""make_gazetteer: writes a table of N made-up people and organisations, the same for the same N.

usage: make_gazetteer.py N > TABLE

Names are made of syllables, so that there are many of them and some are shared, as in a real list; three in ten entries are
organisations, and entries have one or two aliases, half of the people one in Cyrillic.
"""
import random
import sys

COUNTRIES = ("Argentina Australia Austria Brazil Canada Chile China Denmark Egypt Finland France Germany Greece Hungary India Indonesia Iran "
             "Ireland Israel Italy Japan Kenya Mexico Morocco Netherlands Nigeria Norway Pakistan Peru Poland Portugal Romania Russia "
             "Serbia Spain Sweden Switzerland Turkey Ukraine Vietnam").split() + ["United States", "United Kingdom", "South Africa"]
WORK = ("politician footballer actor singer historian painter journalist lawyer physicist diplomat bishop rower composer novelist "
        "economist engineer").split() + ["ice hockey player", "film director", "member of parliament", "university professor"]
BODIES = "Institute Federation Council Bank Party Union Museum Ministry Company Foundation Agency Club".split()
ONSETS = "b br ch d f g gr h j k kl l m n p r s sch sh st t tr v w y z".split()
VOWELS = "a e i o u ai ei ia ue ö ä".split()
ENDS = ["", "n", "r", "l", "s", "k", "tz", "nd", "v", "sky", "ev", "son", "ez", "y"]
LATIN = "abcdefghijklmnopqrstuvwxyzäö"
CYRILLIC = "абцдефгхийклмнопкрстуввксизэё"


def make_word(random_source, n):
    return "".join(random_source.choice(ONSETS) + random_source.choice(VOWELS) for _ in range(n)).capitalize() + random_source.choice(ENDS)


def make_person(source, forenames):
    name = source.choice(forenames) + " " + make_word(source, source.choice((1, 2, 2, 3)))
    forename, surname = name.split(" ")
    aliases = [f"{surname}, {forename}" if source.random() < 0.5 else f"{forename[0]}. {surname}"]
    if source.random() < 0.5:
        aliases.append(name.lower().translate(str.maketrans(LATIN, CYRILLIC[:len(LATIN)])).title())
    country = source.choice(COUNTRIES)
    return "person", name, aliases, f"{source.choice(WORK)} from {country}", country


def make_body(source):
    country, kind = source.choice(COUNTRIES), source.choice(BODIES)
    place = make_word(source, 2)
    name = f"{place} {kind}" if source.random() < 0.5 else f"{kind} of {place} {make_word(source, 2)}"
    return "organization", name, ["".join(word[0] for word in name.split() if word[0].isupper())], f"{kind.lower()} in {country}", country


def main():
    source = random.Random(5)
    forenames = [make_word(source, source.choice((1, 2))) for _ in range(3000)]
    print("id\tkind\tname\taliases\tdescription\tcountry")
    for i in range(int(sys.argv[1])):
        kind, name, aliases, description, country = make_body(source) if source.random() < 0.3 else make_person(source, forenames)
        print(f"M{i + 1}", kind, name, "|".join(aliases), description, country, sep="\t")


if __name__ == "__main__":
    main()
