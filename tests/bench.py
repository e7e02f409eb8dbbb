"""What tests/bench.sh measures; says there how to call it."""
import glob
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench_formats import names_here, write_format

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
SMALL = 10_000_000
SIZES = {"10 MB": 10_000_000, "100 MB": 100_000_000}
LARGE = 1_000_000_000


# Linux counts the memory of the process that starts a program as the program's, so that it is a small one.
START = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(process, 0)
print(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)
sys.exit(status != 0)
"""


def run(command):
    """Processor seconds, wall seconds, peak MiB."""
    process = subprocess.run([sys.executable, "-I", "-S", "-c", START, *command], stdout=subprocess.PIPE, check=False)
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} failed")
    return [float(figure) for figure in process.stdout.split()]


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


def repeat(articles, size):
    """The articles again and again, each with an id of its own, up to so many bytes of text."""
    number = 0
    while size > 0:
        for name, text in articles:
            number += 1
            size -= len(text.encode())
            yield f"{number}-{name}", text


class Bench:
    def __init__(self, program, root, folder, n_pairs):
        self.folder, self.n_pairs, self.root = folder, n_pairs, root
        self.quoth = [program, "-j1"]
        self.articles = list(read_articles(os.environ.get("BENCH_INPUT"), root + "/corpus/samples"))
        self.lines = write_format(folder, "JSON lines", self.articles)[-1]
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
        for name in names_here():
            if name != "JSON lines":
                self.add(f"{name} against JSON lines", [*self.quoth, *write_format(self.folder, name, self.articles)], self.plain)

    def peak(self, name, size, jobs):
        """MiB for so many bytes of text in a format."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            return run([self.quoth[0], f"-j{jobs}", *write_format(folder, name, repeat(self.articles, size))])[2]

    def memory(self):
        start = run([*self.quoth, "--from=jsonl", "/dev/null"])
        lines = [f"| nothing (start-up, {1000 * start[0]:.0f} ms) | {start[2]:.0f} MiB | – |"]
        for name, size in SIZES.items():
            lines.append(f"| {name} | {self.peak('JSON lines', size, 1):.0f} MiB | {self.peak('JSON lines', size, 2):.0f} MiB |")
        for name in names_here() if os.environ.get("BENCH_LARGE") == "yes" else []:
            lines.append(f"| 1 GB, {name} | – | {self.peak(name, LARGE, 2):.0f} MiB |")
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
                       "| text | peak memory, `-j1` | `-j2` |", "| --- | --- | --- |", *memory, ""])
    if os.environ.get("BENCH_WRITE") == "yes":
        write_evaluation(root + "/corpus/EVALUATION.md", table)


if __name__ == "__main__":
    main()
