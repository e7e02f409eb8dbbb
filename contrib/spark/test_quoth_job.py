#!/usr/bin/env python3
"""quoth_job: a real Spark on this machine, two tasks at a time, gives the rows of one process, whatever happens to a task.

Needs PySpark and Java; without them it says so and is skipped. `make check-spark PYTHON=…` runs it by itself.
"""
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tests")]
try:
    import pyspark
except ImportError:
    print("skipped: PySpark is not installed (python3 -m venv FOLDER && FOLDER/bin/pip install pyspark)")
    sys.exit(77)
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    print("skipped: Java is not installed, which Spark runs on (apt-get install openjdk-17-jre-headless)")
    sys.exit(77)

from program import PROGRAM, expect, run, run_tests, write
import quoth_job

SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")
ENVIRONMENT = os.environ | {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
SPLIT = 96 * 1024      # bytes of a file that make a task
# quoth, but its first run over more than a little is killed in the middle, when it has written rows.
KILLED_ONCE = '''#!/bin/sh
cat >input.$$
if [ $(wc -c <input.$$) -gt {size} ] && mkdir '{folder}/killed' 2>/dev/null; then
    '{program}' "$@" <input.$$ | head -c 20000
    kill -KILL $$
fi
exec '{program}' "$@" <input.$$
'''


def _spark():
    """The session that makes and reads tables of Parquet for the tests; the jobs have their own."""
    os.environ.update(ENVIRONMENT)
    builder = pyspark.sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _submit(*arguments, program=PROGRAM, status=0):
    """Runs the job as a user would, with two tasks at a time and four attempts for each; its log."""
    submit = os.path.join(os.path.dirname(pyspark.__file__), "bin", "spark-submit")
    result = subprocess.run(
        [submit, "--master", "local[2,4]", "--files", os.path.abspath(program), "--conf", "spark.ui.enabled=false", "--conf",
         f"spark.sql.files.maxPartitionBytes={SPLIT}", "--conf", f"spark.sql.files.openCostInBytes={SPLIT}",
         os.path.join(HERE, "quoth_job.py"), *map(str, arguments)],
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900)      # a Python job's messages come on standard output
    log = result.stdout.decode("utf-8", "replace")
    assert (result.returncode != 0) == (status != 0), log[-6000:]
    return log


def _job(folder, source, *arguments, **more):
    """The sorted quotes and errors that the job makes of a source, and its log."""
    log = _submit("--input", source, "--output", f"{folder}/tables", *arguments, **more)
    tables = [_spark().read.parquet(f"{folder}/tables/{name}") for name in ("quotes", "errors")]
    quotes, errors = ([row.asDict(recursive=True) for row in table.collect()] for table in tables)
    return _sorted(quotes), sorted((row["doc"], row["place"], row["error"]) for row in errors), log


def _sorted(rows):
    return sorted(rows, key=lambda row: (row["doc"], [span["begin"] for span in row["quote_spans"]], row["id"]))


def _one_process(folder, *arguments, status=0):
    """The same of one run of quoth: what the job's tables must hold."""
    result = expect(run("-t", "jsonl", "--errors", f"{folder}/errors.tsv", *arguments), status)
    rows = [dict.fromkeys(quoth_job.COLUMNS) | json.loads(line) for line in result.out.splitlines()]
    for row in rows:
        for name in ("quote_spans", "source_spans", "cue_spans"):
            row[name] = [{"begin": begin, "end": end} for begin, end in row[name]]
    return _sorted(rows), sorted(quoth_job.read_errors(f"{folder}/errors.tsv", lambda name: name))


def _articles():
    for name in sorted(os.listdir(SAMPLES)):
        if name.endswith(".txt"):
            with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
                yield name, file.read()


def _records(first, n):
    articles = list(_articles())
    for i in range(first, first + n):
        name, text = articles[i % len(articles)]
        yield {"id": f"{i:06}-{name}", "text": text, "title": "Nr. " + str(i), "date": "2026-11-20"}


def _lines(first, n):
    return "".join(json.dumps(record, ensure_ascii=bool(record["id"][5] < "5")) + "\n" for record in _records(first, n))


def _skewed(folder):
    """One file that is cut into many tasks, one that can't be cut and is as large, small ones and an empty one."""
    source = f"{folder}/in"
    os.mkdir(source)
    write(f"{source}/a.jsonl", _lines(0, 600))
    write(f"{source}/b.jsonl.gz", gzip.compress(_lines(1000, 600).encode()))
    write(f"{source}/c.jsonl", _lines(2000, 3))
    write(f"{source}/d.jsonl", "")
    write(f"{source}/e.jsonl.gz", gzip.compress(b""))
    return source


def _same(got, want):
    assert len(got) == len(want), (len(got), len(want))
    for ours, theirs in zip(got, want):
        assert ours == theirs, (ours, theirs)
    assert got


def skewed_and_empty_partitions_give_the_rows_of_one_process(folder):
    source = _skewed(folder)
    want, _ = _one_process(folder, "-f", "jsonl", source)
    quotes, errors, _ = _job(folder, source, "--from=jsonl")
    _same(quotes, want)
    assert errors == []
    parts = [name for name in os.listdir(f"{folder}/tables/quotes") if name.endswith(".parquet")]
    assert len(parts) > 4, parts


def a_killed_task_is_tried_again_and_no_row_is_doubled(folder):
    source = _skewed(folder)
    want, _ = _one_process(folder, "-f", "jsonl", source)
    os.mkdir(f"{folder}/bin")
    program = write(f"{folder}/bin/quoth", KILLED_ONCE.format(folder=folder, program=os.path.abspath(PROGRAM), size=SPLIT // 2))
    os.chmod(program, 0o755)
    quotes, errors, log = _job(folder, source, "--from=jsonl", program=program)
    assert os.path.isdir(f"{folder}/killed") and "quoth was killed by signal 9" in log, log[-6000:]
    _same(quotes, want)
    assert errors == []


def bad_documents_are_in_the_table_of_errors_and_the_others_go_on(folder):
    os.mkdir(f"{folder}/in")
    text = json.dumps("Mayor Ada Brandt said the bridge is closed.")
    good = f'{{"id": "good", "text": {text}}}\n'
    write(f"{folder}/in/a.jsonl", _lines(0, 40) + "{broken\n\n" + good + '{"id": "no text"}\n{"id": "empty", "text": ""}\n[1]\n')
    write(f"{folder}/in/b.jsonl", "{broken\nand broken\n")
    write(f"{folder}/in/c.jsonl", b'\xef\xbb\xbf{"id": "bytes \\\\ \xff", "text": ' + text.encode() + b"}\r\n{}\n")
    want, want_errors = _one_process(folder, f"{folder}/in", status=1)
    quotes, errors, _ = _job(folder, f"{folder}/in/*.jsonl")
    _same(quotes, want)
    named = sorted(tuple(value.replace("file:", "") for value in row) for row in errors)
    assert named == want_errors, (named, want_errors)
    assert len(errors) == 7, errors


def records_without_an_id_are_named_by_their_place(folder):
    text = "Mayor Ada Brandt said the bridge is closed."
    records = [{"text": text}, {"id": "", "url": "http://a/1", "text": text}, {"id": None, "url": "http://a/2", "text": text},
               {"id": 7, "text": text}, {"id": True, "text": text}, {"id": ["a"], "text": text}]
    path = write(f"{folder}/a.jsonl", "".join(json.dumps(record) + " \r\n" for record in records))
    quotes, errors, _ = _job(folder, path, "--quoth-option=--with-text", "--quoth-option=--min-confidence=0.001")
    assert not errors and len(quotes) == len(records) and {row["text"] for row in quotes} == {text}
    names = sorted(row["doc"].replace(f"file:{path}", "a").replace(f"file://{path}", "a") for row in quotes)
    assert names == ["7", "a:1", "a:2", "a:5", "a:6", "http://a/2"], names
    assert len({row["id"] for row in quotes}) == len(records), "ids of rows must differ where documents do"


def parquet_gives_the_rows_of_the_same_records_as_json_lines(folder):
    lines = write(f"{folder}/a.jsonl", _lines(0, 300))
    want, want_errors = _one_process(folder, "--text-field=story", write(f"{folder}/b.jsonl", "".join(
        json.dumps({"story" if name == "text" else name: value for name, value in record.items()}) + "\n"
        for record in _records(0, 300)) + '{"id": "none"}\n'), status=1)
    table = _spark().read.json(lines).withColumnRenamed("text", "story").withColumn("other", pyspark.sql.functions.lit(1))
    none = _spark().createDataFrame([("none",)], "id string")
    table.unionByName(none, allowMissingColumns=True).repartition(3).write.parquet(f"{folder}/a.parquet")
    quotes, errors, _ = _job(folder, f"{folder}/a.parquet", "--quoth-option=--text-field=story")
    _same(quotes, want)
    assert [(row[0], row[2]) for row in errors] == [(row[0], row[2]) for row in want_errors], errors


def _archive_record(number, text):
    page = "<!doctype html><html><body><article>" + "".join(f"<p>{part}</p>" for part in text.split("\n\n")) + "</article></body></html>"
    # A body may hold what looks like the end of a record.
    body = ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "<!--\r\n\r\nWARC/1.0\r\n-->").encode()
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{number}\r\nWARC-Date: 2026-11-20T08:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"


def web_archives_give_the_rows_of_their_pages(folder):
    os.mkdir(f"{folder}/in")
    records = [_archive_record(i, record["text"]) for i, record in enumerate(_records(0, 150))]
    broken = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n"
    write(f"{folder}/in/a.warc", b"".join(records[:100]))
    write(f"{folder}/in/b.warc.gz", b"".join(map(gzip.compress, [*records[100:], broken])))
    want, want_errors = _one_process(folder, "--with-text", f"{folder}/in", status=1)
    quotes, errors, _ = _job(folder, f"{folder}/in", "--from=warc", "--quoth-option=--with-text")
    _same(quotes, want)
    assert [row[2] for row in errors] == [row[2] for row in want_errors], errors


def a_task_that_cannot_succeed_fails_the_job_with_quoths_words(folder):
    source = write(f"{folder}/a.jsonl", _lines(0, 5))
    log = _submit("--input", source, "--output", f"{folder}/tables", "--quoth-option=--model=none.model", status=1)
    assert "quoth ended with status 2; its last messages:" in log and "quoth: none.model: " in log, log[-6000:]
    assert not os.path.exists(f"{folder}/tables/quotes/_SUCCESS")
    log = _submit("--input", source, "--output", f"{folder}/tables", status=1)
    assert "is there already; say --overwrite" in log, log[-6000:]


def an_input_that_breaks_off_is_no_complete_partition(folder):
    def records():
        yield from ((line.encode(), "a", 0) for line in _lines(0, 200).splitlines())
        raise OSError("a block is missing")

    _spark()
    frame = quoth_job.functools.partial(quoth_job.frame_json, ["id"])
    rows = quoth_job.run_quoth(os.path.abspath(PROGRAM), ["--from=jsonl"], quoth_job.COLUMNS, frame, records())
    try:
        n = sum(1 for _ in rows)
    except RuntimeError as error:
        assert "a block is missing" in str(error.__cause__), error
    else:
        raise AssertionError(f"{n} rows, and no word of the missing ones")
    assert list(quoth_job.run_quoth("no such program", [], [], frame, iter(()))) == [], "an empty partition needs no program"


def options_that_the_job_sets_itself_are_refused(folder):
    for arguments, words in ((["--quoth-option=--shard=1/2"], "sets this itself"), (["--quoth-option=--err=x"], "sets this itself"),
                             (["--quoth-option=file.txt"], "neither -jN nor a long option"), (["--input=b.warc"], "do not tell one format")):
        command = [sys.executable, f"{HERE}/quoth_job.py", "--input=a.jsonl", f"--output={folder}/tables", *arguments]
        result = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=120)
        assert result.returncode == 2 and words in result.stderr.decode(), (arguments, result.stderr)
    names = {"a.jsonl": "jsonl", "x/*.jsonl.gz": "jsonl", "t.parquet/": "parquet", "p.gz.parquet": "parquet", "CC.warc.gz": "warc",
             "CC.wet.gz": "warc", "news": None, "a.jsonl/": "jsonl", "a.txt": None}
    assert {name: quoth_job.format_of(name) for name in names} == names


if __name__ == "__main__":
    run_tests(globals())
