#!/usr/bin/env python3
"""tables: CSV and TSV with a header give the rows of the same records as JSON lines; broken ones a message, and the rest goes on."""
import csv
import json
import os

from program import HEADER, expect, run, run_tests, write

COLUMNS = ("id", "title", "date", "url", "outlet", "text")
ARTICLE = "The bridge stays closed, Mayor Ada Brandt said on Monday."


def _records():
    with open(os.path.join(os.environ.get("srcdir", "."), "corpus", "feed.jsonl"), encoding="utf-8") as file:
        records = [json.loads(line) for line in file if line.strip()]
    odd = ["He said \"no\", then \"yes\".\n\nA line; a tab\there, a \\ and a \\n.", "\"We go,\" said Ada Brandt.\r\n\r\n\"Or not.\"",
           "“5\" pipes,” said Ada Brandt"]
    return [record for record in records if "text" in record] + [{"id": f"odd{i}", "text": text} for i, text in enumerate(odd)]


def _csv(path, records, columns=COLUMNS, **dialect):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, **dialect)
        writer.writerow(columns)
        for record in records:
            writer.writerow([record.get(column, "") for column in columns])
    return path


def _tsv(path, records):
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
    lines = ["\t".join(COLUMNS)] + ["\t".join(record.get(column, "").translate(escapes) for column in COLUMNS) for record in records]
    return write(path, "\n".join(lines) + "\n")


def _json_lines(path, records):
    return write(path, "".join(json.dumps(record) + "\n" for record in records))


def a_table_gives_what_json_lines_give(folder):
    records = _records()
    want = expect(run("-t", "jsonl", _json_lines(f"{folder}/a.jsonl", records)), 0).out
    assert b'"doc":"odd1"' in want.replace(b'": "', b'":"')
    dialects = ({}, {"delimiter": ";"}, {"delimiter": "\t"}, {"quoting": csv.QUOTE_ALL}, {"lineterminator": "\n"})
    for i, dialect in enumerate(dialects):
        path = _csv(f"{folder}/{i}.csv", records, **dialect)
        for jobs in (1, 3):
            assert expect(run("-t", "jsonl", "-j", jobs, path), 0).out == want, dialect
        with open(path, "rb") as file:
            tabs = ["-f", "csv"] if dialect.get("delimiter") == "\t" else []    # by itself it would be taken for TSV
            assert expect(run("-t", "jsonl", *tabs, stdin=file), 0).out == want, dialect
    path = _tsv(f"{folder}/a.tsv", records)
    assert expect(run("-t", "jsonl", path), 0).out == want
    with open(path, "rb") as file:
        assert expect(run("-t", "jsonl", stdin=file), 0).out == want


def columns_are_found_by_name_in_any_order(folder):
    path = write(f"{folder}/a.csv", f"\ufeffDate,Story,Key\r\n2026-11-24,\"{ARTICLE}\",k1\r\n")
    result = expect(run("-t", "jsonl", "--text-field=Story", "--id-field=Key", path), 0)
    row = json.loads(result.out)
    assert (row["doc"], row["date"]) == ("k1", "2026-11-24")
    expect(run(path), 1, "a.csv:1: the header has no column text")
    expect(run("--text-field=story", path), 1, "the header has no column of the name that --text-field gives")
    path = write(f"{folder}/b.csv", f"body,content,id\nx,\"{ARTICLE}\",k2\n")
    assert [row["doc"] for row in expect(run(path), 0).rows()] == ["k2"]


def a_row_of_other_length_is_told_and_the_rest_is_read(folder):
    path = write(f"{folder}/a.csv", f"id,text\nk1,\"{ARTICLE}\"\nk2\nk3,a,b\n\n   \nk4,\"{ARTICLE}\"\n")
    result = expect(run(path), 1, "a.csv:3: the row has 1 fields, the header 2", "a.csv:4: the row has 3 fields, the header 2")
    assert [row["doc"] for row in result.rows()] == ["k1", "k4"]


def a_mark_that_is_never_closed_is_told(folder):
    path = write(f"{folder}/a.csv", f"id,text\nk1,\"{ARTICLE}\"\nk2,\"{ARTICLE}\nk3,x\n")
    result = expect(run(path), 1, "a.csv:3: a quotation mark that opens a field is never closed")
    assert [row["doc"] for row in result.rows()] == ["k1"]


def a_record_that_is_too_large_is_passed_over(folder):
    large = "x" * 200000
    article = "Mayor Ada Brandt said on Monday that the bridge stays closed."
    for name, row in (("a.csv", f"k2,\"{large}\"\n"), ("a.csv", f"k2,{large}\n"), ("a.tsv", f"k2\t{large}\n")):
        tab = "," if name.endswith("csv") else "\t"
        path = write(f"{folder}/{name}", f"id{tab}text\nk1{tab}{article}\n{row}k3{tab}{article}\n")
        result = expect(run("--max-document=1K", path), 1, f"{name}:3: the record is larger than ")
        assert [r["doc"] for r in result.rows()][0] == "k1", result.out
    many = "".join(f'"{"y" * 50}\n' for _ in range(100))
    path = write(f"{folder}/b.csv", f"id,text\nk1,{many}")
    expect(run("--max-document=1K", path), 1, "b.csv:")


def an_open_field_of_many_lines_takes_linear_time(folder):
    times = []
    for n in (1 << 18, 1 << 20):
        path = write(f"{folder}/{n}.csv", "id,text\nk1,\"" + "a\n" * n + "\"\n")
        times.append(min(run("--until=normalise", "--max-document=8M", path).seconds for _ in range(2)))
    assert times[1] < 8 * times[0] + 0.5, times


def a_table_in_a_folder_is_read_where_it_is_asked_for(folder):
    path = write(f"{folder}/a.csv", f"id,text\nk1,\"{ARTICLE}\"\n")
    result = expect(run(folder), 0, "left out for its name")
    assert not result.rows()
    for arguments in ((path,), ("--from=csv", folder)):
        assert [row["doc"] for row in expect(run(*arguments), 0).rows()] == ["k1"]


def an_empty_table_is_no_error(folder):
    assert run(write(f"{folder}/a.csv", "id,text\n")).out.decode() == HEADER + "\n"
    assert expect(run(f"{folder}/a.csv"), 0)
    assert expect(run(write(f"{folder}/a.tsv", "id\ttext")), 0)


run_tests(globals())
