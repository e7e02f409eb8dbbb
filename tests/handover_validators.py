#!/usr/bin/env python3
"""handover_validators: other people's programs take what --to=claimreview and --to=annotation write.

Each ClaimReview has to be one for the TypeScript compiler by the types of schema.org in schema-dts (npm); each TextQuoteSelector has to lead anchorpoint
(PyPI), to the place that its TextPositionSelector has. Both are fetched for it, so it is skipped (status 77) unless QUOTH_VALIDATORS=yes.
"""
import json
import os
import subprocess
import sys

from program import SOURCE, expect, run, run_tests

SKIPPED = 77
FEED, SAMPLES = os.path.join(SOURCE, "corpus/feed.jsonl"), os.path.join(SOURCE, "corpus/samples")
ANCHOR = """
import json, sys
from anchorpoint.textselectors import TextQuoteSelector
for line in sys.stdin:
    text, quote = json.loads(line)
    found = TextQuoteSelector(exact=quote["exact"], prefix=quote["prefix"], suffix=quote["suffix"]).as_position(text)
    print(json.dumps(found and [found.start, found.end]))
"""


def _call(*arguments, **more):
    return subprocess.run(arguments, stdout=subprocess.PIPE, text=True, check=True, **more).stdout


def _lines(form, *arguments):
    return [json.loads(line) for line in expect(run(f"--to={form}", *arguments), 0).out.splitlines()]


def _complaints(folder, reviews):
    with open(f"{folder}/reviews.ts", "w", encoding="utf-8") as file:
        file.write('import type {WithContext, ClaimReview} from "schema-dts";\nexport const reviews: WithContext<ClaimReview>[] = ')
        json.dump(reviews, file)
    return subprocess.run(["npx", "tsc", "--noEmit", "--strict", "--skipLibCheck", "reviews.ts"], cwd=folder, stdout=subprocess.PIPE, text=True,
                          check=False).stdout


def claimreviews_are_those_of_schema_org(folder):
    _call("npm", "install", "--no-audit", "--no-fund", "schema-dts", "typescript", cwd=folder)
    reviews = _lines("claimreview", f"--gazetteer={SOURCE}/corpus/gazetteer.tsv", FEED, SAMPLES)
    assert len(reviews) > 300
    assert not _complaints(folder, reviews), _complaints(folder, reviews)[:1000]
    reviews[7]["itemReviewed"]["appearance"]["headLine"] = "no"
    assert "headLine" in _complaints(folder, reviews)


def quote_selectors_lead_to_the_places_of_position_selectors(folder):
    _call(sys.executable, "-m", "venv", f"{folder}/venv")
    _call(f"{folder}/venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", "anchorpoint")
    questions, places = [], []
    for row, annotation in zip(_lines("jsonl", "--with-text", FEED), _lines("annotation", FEED)):
        for target in annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]:
            quote, place = target["selector"]
            questions.append(json.dumps([row["text"], quote]) + "\n")
            places.append([place["start"], place["end"]])
    assert len(places) > 80
    assert [json.loads(line) for line in _call(f"{folder}/venv/bin/python", "-c", ANCHOR, input="".join(questions)).splitlines()] == places


if __name__ == "__main__":
    if os.environ.get("QUOTH_VALIDATORS") != "yes":
        print("skipped: QUOTH_VALIDATORS is not yes")
        sys.exit(SKIPPED)
    run_tests(globals())
