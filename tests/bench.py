"""What tests/bench.sh measures; says there how to call it."""
import glob
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
SMALL = 10_000_000
SIZES = {"10 MB": 10_000_000, "100 MB": 100_000_000, "1 GB": 1_000_000_000}


def run(command):
    """Processor seconds, wall seconds, peak MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"bench: {' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024


def compare(subject, other, n_pairs, before=lambda: None):
    """The median over pairs of subject's times against other's: processor, wall."""
    pairs = []
    for _ in range(n_pairs):
        times = []
        for command in (subject, other):
            before()
            times.append(run(command))
        pairs.append([a / b for a, b in zip(*times)])
    return [statistics.median(column) for column in list(zip(*pairs))[:2]]


def read_articles(path, samples):
    """Ids and texts: of a file of JSON lines, else of the samples again and again."""
    if path:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                record = json.loads(line)
                yield f"{number}-{record.get('id', '')}".replace("/", "-"), record["text"]
        return
    names = sorted(glob.glob(samples + "/*.txt"))
    if not names:
        sys.exit("bench: no sample articles in " + samples)
    texts = [open(name, encoding="utf-8").read() for name in names]
    size = number = 0
    while size < SMALL:
        for text in texts:
            number += 1
            size += len(text.encode())
            yield f"d{number}", text


def write_lines(path, articles):
    with open(path, "w", encoding="utf-8") as lines:
        for name, text in articles:
            lines.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


def page_of(text):
    paragraphs = "".join("<p>" + part.replace("&", "&amp;").replace("<", "&lt;") + "</p>\n" for part in text.split("\n\n"))
    return f"<!doctype html><html><head><meta charset=utf-8></head><body><article>{paragraphs}</article></body></html>"


def write_readers(folder, lines, articles):
    """The same texts in each format, what is read of them: arguments by name."""
    with open(f"{folder}/a.csv", "w", encoding="utf-8") as table, open(f"{folder}/a.warc", "wb") as archive, \
            tarfile.open(f"{folder}/a.tar", "w") as tar:
        os.makedirs(f"{folder}/text"), os.makedirs(f"{folder}/html")
        table.write("id,text\n")
        for name, text in articles:
            table.write('%s,"%s"\n' % (name, text.replace('"', '""')))
            page = page_of(text).encode()
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            archive.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/" + name.encode() +
                          b"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(body) +
                          body + b"\r\n\r\n")
            with open(f"{folder}/html/{name}.html", "wb") as file:
                file.write(page)
            with open(f"{folder}/text/{name}.txt", "w", encoding="utf-8") as file:
                file.write(text)
            tar.add(f"{folder}/text/{name}.txt", f"{name}.txt")
    readers = {"text files": f"{folder}/text", "CSV": f"{folder}/a.csv", "tar": f"{folder}/a.tar", "HTML files": f"{folder}/html",
               "WARC": f"{folder}/a.warc"}
    for name, ending in (("gzip", "gz"), ("zstd", "zst"), ("xz", "xz"), ("bzip2", "bz2")):
        if shutil.which(name):
            with open(f"{lines}.{ending}", "wb") as packed:
                subprocess.run([name, "-c", lines], stdout=packed, check=True)
            readers[f"JSON lines, {name}"] = f"{lines}.{ending}"
    return {name: (["--from=csv", path] if name == "CSV" else [path]) for name, path in readers.items()}


def fill(path, articles, size):
    """JSON lines of the articles again and again, up to a size, each with an id of its own."""
    number = 0
    with open(path, "w", encoding="utf-8") as lines:
        while lines.tell() < size:
            for name, text in articles:
                number += 1
                lines.write(json.dumps({"id": f"{number}-{name}", "text": text}, ensure_ascii=False) + "\n")


class Bench:
    def __init__(self, program, root, folder, n_pairs):
        self.folder, self.n_pairs, self.root = folder, n_pairs, root
        self.quoth = [program, "-j1"]
        self.lines = f"{folder}/a.jsonl"
        self.articles = list(read_articles(os.environ.get("BENCH_INPUT"), root + "/corpus/samples"))
        write_lines(self.lines, self.articles)
        self.plain = [*self.quoth, "--from=jsonl", self.lines]
        self.rows = []

    def add(self, name, subject, other, before=lambda: None):
        processor, wall = compare(subject, other, self.n_pairs, before)
        self.rows.append(f"| {name} | {processor:.2f} | {wall:.2f} |")
        print(self.rows[-1], flush=True)

    def speed(self):
        rivals = {"uconv -x any-nfc": ["uconv", "-x", "any-nfc", self.lines], "wc -mw": ["wc", "-mw", self.lines]}
        for name, command in rivals.items():
            if shutil.which(command[0]):
                self.add(f"whole chain against `{name}`", self.plain, command)
        if shutil.which("uconv"):
            self.add("rules alone (`--model=none`) against `uconv -x any-nfc`", [*self.plain, "--model=none"],
                     rivals["uconv -x any-nfc"])

    def ways_to_run(self):
        journal, output = f"{self.folder}/journal", f"{self.folder}/rows.tsv"

        def clear():
            for name in (journal, output):
                if os.path.exists(name):
                    os.unlink(name)
        to_file = [*self.plain, "-o", output]
        self.add("`-j2` against `-j1`", [self.plain[0], "-j2", *self.plain[2:]], self.plain)
        self.add("`--resume` against without", [*to_file, f"--resume={journal}"], to_file, clear)
        self.add("`--gazetteer` (that of corpus/) against without", [*self.plain, f"--gazetteer={self.root}/corpus/gazetteer.tsv"],
                 self.plain)
        self.add("`--to=jsonl` against TSV", [*self.plain, "--to=jsonl"], self.plain)

    def readers(self):
        for name, arguments in write_readers(self.folder, self.lines, self.articles).items():
            self.add(f"{name} against JSON lines", [*self.quoth, *arguments], self.plain)

    def memory(self):
        start = run([*self.quoth, "--from=jsonl", "/dev/null"])
        lines = [f"| nothing (start-up, {1000 * start[0]:.0f} ms) | {start[2]:.0f} MiB | – |"]
        large = f"{self.folder}/large.jsonl"
        for name, size in SIZES.items():
            if name == "1 GB" and os.environ.get("BENCH_LARGE") != "yes":
                continue
            fill(large, self.articles, size)
            peaks = [run([self.quoth[0], jobs, "--from=jsonl", large])[2] for jobs in ("-j1", "-j2")]
            lines.append(f"| {name} | {peaks[0]:.0f} MiB | {peaks[1]:.0f} MiB |")
        print("\n".join(lines), flush=True)
        return lines


def write_evaluation(path, table):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        sys.exit(f"bench: {path} has no place for the table: {BEGIN} … {END}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[:text.index(BEGIN) + len(BEGIN)] + "\n" + table + "\n" + text[text.index(END):])


def describe_machine():
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as cpu:
            model = next((line.split(":")[1].strip() for line in cpu if line.startswith("model name")), platform.machine())
    except OSError:
        model = platform.machine()
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} as it began"


def main():
    program, root = sys.argv[1:]
    n_pairs = int(os.environ.get("BENCH_PAIRS") or 5)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(os.path.abspath(program), root, folder, n_pairs)
        about = (f"{time.strftime('%Y-%m-%d')}, {describe_machine()}; {len(bench.articles)} articles, "
                 f"{os.path.getsize(bench.lines) / 1e6:.1f} MB as JSON lines; medians of {n_pairs} pairs; times as multiples.")
        print(about)
        bench.speed()
        bench.ways_to_run()
        bench.readers()
        memory = bench.memory()
    table = "\n".join(["", about, "", "| what | processor time | wall time |", "| --- | --- | --- |", *bench.rows, "",
                       "| input | peak memory, `-j1` | `-j2` |", "| --- | --- | --- |", *memory, ""])
    if os.environ.get("BENCH_WRITE") == "yes":
        write_evaluation(root + "/corpus/EVALUATION.md", table)


if __name__ == "__main__":
    main()
