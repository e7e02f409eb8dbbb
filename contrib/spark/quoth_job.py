#!/usr/bin/env python3
"""quoth_job: who said what in more articles than one machine can read. Apache Spark reads them and runs quoth over each partition.

    spark-submit --files quoth quoth_job.py --input 'hdfs:///news/*.jsonl.gz' --output hdfs:///quotes

Every task starts one quoth, which --files has brought to its machine, and streams the partition through it; nobody holds a partition in
memory. OUTPUT/quotes has a row for each attribution, with the columns of quoth's own table in types of their own and the document's
metadata behind them; OUTPUT/errors a row for each document that failed. Tasks write nowhere else, so that one that is tried again or
run twice leaves no row twice: Spark commits the files of one attempt and drops the others'.

Records of JSON lines go to quoth byte for byte, rows of Parquet as JSON lines, web archives record by record. A record that has no id
gets a name that is the same whenever the input is cut in the same way: FILE:N for the N-th record of a file, FILE@BYTE:N for the N-th
after that byte of it.
"""
import argparse
import bisect
import functools
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession, functions
from pyspark.sql.types import ArrayType, DoubleType, LongType, StringType, StructField, StructType

EXTENSIONS = {"parquet": "parquet", "jsonl": "jsonl", "ndjson": "jsonl", "jsonlines": "jsonl", "warc": "warc", "wet": "warc"}
# What a record is followed by. In web archives it is the end of a record and the beginning of the next one's first line.
ENDS = {"jsonl": b"\n", "warc": b"\r\n\r\nWARC/1."}
FIELDS = {"text": ["text", "maintext", "content", "body"], "id": ["id", "url"], "title": ["title"], "date": ["date"], "url": ["url"],
          "outlet": ["outlet"]}
# Options of quoth that the job sets itself, or with which quoth would write no rows.
RESERVED = ("from", "to", "output", "errors", "resume", "shard", "until", "help", "version")
SPANS = ArrayType(StructType([StructField("begin", LongType(), False), StructField("end", LongType(), False)]), False)
TYPES = {"confidence": DoubleType(), "checkworthy": DoubleType(), "quote_spans": SPANS, "source_spans": SPANS, "cue_spans": SPANS}
COLUMNS = ["doc", "id", "kind", "speaker", "speaker_kind", "role", "speaker_id", "resolution", "source", "cue", "quote", "confidence",
           "checkworthy", "quote_spans", "source_spans", "cue_spans", "stance", "claim", "link", "url", "title", "date", "outlet"]
ERROR_COLUMNS = ["doc", "place", "error"]
MAX_MESSAGES = 20
WHOLE_FILES = 1 << 40   # bytes; more than a file has


# ---- in the driver: what is asked for ----

def parse_arguments():
    parser = argparse.ArgumentParser(description="Run quoth over articles with Apache Spark.")
    parser.add_argument("--input", required=True, action="append", metavar="PATH",
                        help="file, folder or pattern, in any file system that Spark reads; several --input are read together")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the tables quotes and errors are made")
    parser.add_argument("--from", dest="format", choices=("auto", "parquet", "jsonl", "warc"), default="auto",
                        help="what the input is (default: auto, by its name)")
    parser.add_argument("--overwrite", action="store_true", help="replace FOLDER, if it is there")
    parser.add_argument("--quoth", default="quoth", metavar="NAME",
                        help="the program: a name given with --files, or a path on every machine (default: quoth)")
    parser.add_argument("--quoth-option", action="append", default=[], metavar="OPTION",
                        help="option for quoth, as in --quoth-option=--min-confidence=0.8; files that it names come with --files too")
    arguments = parser.parse_args()
    for option in arguments.quoth_option:
        if not re.fullmatch(r"-j *\d+|--[a-z-]+(=.*)?", option, re.DOTALL):
            parser.error(f"--quoth-option={option}: neither -jN nor a long option")
        if any(name.startswith(option[2:].split("=")[0]) for name in RESERVED):
            parser.error(f"--quoth-option={option}: the job sets this itself")
    if arguments.format == "auto":
        formats = {format_of(path) for path in arguments.input}
        if len(formats) > 1 or None in formats:
            parser.error("the names of the input do not tell one format; say --from=parquet, jsonl or warc")
        arguments.format = formats.pop()
    return arguments


def format_of(path):
    """The format by the extension, behind which may stand that of a compression; None where it does not tell."""
    for extension in reversed(path.rstrip("/*").lower().split(".")[-2:]):
        if extension in EXTENSIONS:
            return EXTENSIONS[extension]
    return None


def field_names(options):
    """The names under which quoth will look for each field of a record."""
    asked = (re.fullmatch(r"--([a-z]+)-field=(.*)", option) for option in options)
    return FIELDS | {match[1]: [match[2]] for match in asked if match}


def columns_of_rows(options):
    """The names of the columns of the table of quotes."""
    return COLUMNS + [name for option, name in (("--with-text", "text"), ("--explain", "why")) if option in options]


def read_records(spark, format, paths, fields):
    """A DataFrame of records as bytes, each with its file and the byte of it at which Spark began to read."""
    if format == "parquet":
        table = spark.read.parquet(*paths)
        names = [name for name in dict.fromkeys(itertools.chain(*fields.values())) if name in table.columns]
        if not set(names) & set(fields["text"]):
            sys.exit(f"quoth_job: {paths[0]}: no column is named {' or '.join(fields['text'])}")
        record = functions.to_json(functions.struct(*(table[f"`{name}`"].cast("string").alias(name) for name in names)))
    else:
        if format == "warc":
            # A page may hold what looks like the beginning of a record, where a cut would be wrong: each file is one task.
            for limit in ("maxPartitionBytes", "openCostInBytes"):
                spark.conf.set(f"spark.sql.files.{limit}", WHOLE_FILES)
        table = spark.read.text(paths, lineSep=ENDS[format].decode())
        record = table["value"]
    return table.select(record.cast("binary"), "_metadata.file_path", "_metadata.file_block_start")


def refuse_existing(spark, folder):
    path = spark._jvm.org.apache.hadoop.fs.Path(folder)
    if path.getFileSystem(spark._jsc.hadoopConfiguration()).exists(path):
        sys.exit(f"quoth_job: {folder}: is there already; say --overwrite to replace it")


def schema_of(columns):
    """A row is a quote or an error, the other is null: so that both tables come of one run of quoth."""
    return StructType([
        StructField("quote", StructType([StructField(name, TYPES.get(name, StringType())) for name in columns])),
        StructField("error", StructType([StructField(name, StringType()) for name in ERROR_COLUMNS]))])


# ---- in the tasks: a partition through quoth ----

class Feeder(threading.Thread):
    """Writes the records to quoth while the task reads its rows: in one thread, each of the two could wait for the other for ever."""

    def __init__(self, records, pipe, frame):
        super().__init__(daemon=True)
        self.records, self.pipe, self.frame = records, pipe, frame
        self.error = None       # why it stopped before the end
        self.firsts = []        # number of the first record of each stretch of a file …
        self.origins = []       # … and what it is called

    def run(self):
        try:
            with self.pipe:
                for number, (record, path, block) in enumerate(self.records, 1):
                    origin = f"{path}@{block}" if block else path
                    if not self.origins or origin != self.origins[-1]:
                        self.firsts.append(number)
                        self.origins.append(origin)
                    self.pipe.write(self.frame(bytes(record), lambda: self.place(number)))
        except BaseException as error:
            self.error = error

    def place(self, number):
        """Where record NUMBER of this partition stands."""
        stretch = bisect.bisect(self.firsts, number) - 1
        return f"{self.origins[stretch]}:{number - self.firsts[stretch] + 1}"

    def name(self, name):
        """The same for what quoth calls -:NUMBER; other names stay."""
        match = re.fullmatch(r"-:(\d+)", name)
        return self.place(int(match[1])) if match and self.firsts else name


def frame_json(id_names, record, place):
    """A line of JSON; one that quoth would find no id in gets its place as that. Broken ones stay: quoth will tell."""
    try:
        value = json.loads(record.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and value:
        name = next((value[name] for name in id_names if value.get(name) is not None), None)
        if isinstance(name, bool) or not isinstance(name, (str, int)) or name == "":
            # Of equal names the last counts.
            record = record.rstrip()[:-1] + f",{json.dumps(id_names[0])}:{json.dumps(place())}}}".encode()
    return record + ENDS["jsonl"]


def frame_warc(record, _place):
    """What the separator has taken from the record's two ends comes back."""
    begin, end = ENDS["warc"][4:], ENDS["warc"][:4]
    return (b"" if record.startswith(begin) else begin) + record + end


def find_program(name, folder):
    """The program's path; one that came without its mode (as from an object store) is copied to the folder and made executable."""
    path = name if os.sep in name else os.path.abspath(SparkFiles.get(name))
    if os.access(path, os.X_OK):
        return path
    copy = shutil.copy(path, folder)
    os.chmod(copy, 0o755)
    return copy


def last_messages(path):
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - 8192))
        return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-MAX_MESSAGES:])


def check_end(status, feeder, messages):
    """Raises where not all of the partition was read. Status 1 is none of that: some documents failed and are told of in the table."""
    if status not in (0, 1):
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        raise RuntimeError(f"quoth {how}; its last messages:\n{last_messages(messages)}")
    feeder.join()
    if feeder.error:
        raise RuntimeError("not all of the partition came to quoth") from feeder.error


def make_quote(line, columns, name):
    """The values of a row, in order of the columns."""
    row = json.loads(line)
    row["doc"] = name(row["doc"])
    for column in ("quote_spans", "source_spans", "cue_spans"):
        row[column] = [tuple(span) for span in row[column]]
    if "why" in row:
        row["why"] = json.dumps(row["why"], ensure_ascii=False)
    return tuple(row.get(column) for column in columns)


def read_errors(path, name):
    with open(path, encoding="utf-8", newline="\n") as lines:
        next(lines)
        for line in lines:
            doc, place, error = (field.replace("\\\\", "\\") for field in line.rstrip("\n").split("\t"))
            yield name(doc), name(place), error


def run_quoth(program, options, columns, frame, records):
    """The rows of one partition, as pairs of quote and error."""
    records = iter(records)
    first = next(records, None)
    if first is None:
        return
    with tempfile.TemporaryDirectory(prefix="quoth-") as folder:
        messages, errors = f"{folder}/messages", f"{folder}/errors.tsv"
        command = [find_program(program, folder), "-j1", "--to=jsonl", *options, f"--errors={errors}", "-"]
        with open(messages, "wb") as err:
            # Where --files are: models and gazetteers are found by their names.
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err,
                                       cwd=SparkFiles.getRootDirectory())
        feeder = Feeder(itertools.chain([first], records), process.stdin, frame)
        feeder.start()
        try:
            for line in process.stdout:
                if line.endswith(b"\n"):    # else quoth was killed within a row
                    yield make_quote(line, columns, feeder.name), None
            status = process.wait()
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        check_end(status, feeder, messages)
        for error in read_errors(errors, feeder.name):
            yield None, error


def main():
    arguments = parse_arguments()
    spark = SparkSession.builder.appName("quoth").getOrCreate()
    if not arguments.overwrite:
        refuse_existing(spark, arguments.output)
    fields = field_names(arguments.quoth_option)
    columns = columns_of_rows(arguments.quoth_option)
    is_archive = arguments.format == "warc"
    frame = frame_warc if is_archive else functools.partial(frame_json, fields["id"])
    options = [f"--from={'warc' if is_archive else 'jsonl'}", *arguments.quoth_option]
    records = read_records(spark, arguments.format, arguments.input, fields)
    rows = records.rdd.mapPartitions(functools.partial(run_quoth, arguments.quoth, options, columns, frame))
    # On the executors' disks between the two tables, so that quoth runs once.
    rows = spark.createDataFrame(rows, schema_of(columns), verifySchema=False).persist(StorageLevel.DISK_ONLY)
    counts = []
    for column, table in (("quote", "quotes"), ("error", "errors")):
        path = f"{arguments.output.rstrip('/')}/{table}"
        rows.where(f"{column} is not null").select(f"{column}.*").write.mode("overwrite").parquet(path)
        counts.append(spark.read.parquet(path).count())
    print(f"quoth_job: {counts[0]} quotes, {counts[1]} documents failed", file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    main()
