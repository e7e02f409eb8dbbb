#!/bin/sh
# bench: the speed of one thread of quoth against uconv (NFC) and wc (words) on the same bytes.
#
# usage: builddir=DIR [BENCH_INPUT=FILE.jsonl] [BENCH_ROUNDS=N] bench.sh SOURCE_FOLDER
#
# Each round runs the three after one another on the same file, which is in the page cache by then, and gives one ratio; the
# median over the rounds is what counts, since it takes out what else the machine does. Also prints the start-up time (an
# empty input) and the peak memory. Without BENCH_INPUT the sample articles are repeated to 24 MB of JSON lines.
set -eu
exec python3 - "$builddir/quoth" "$1/corpus/samples" "${BENCH_INPUT:-}" "${BENCH_ROUNDS:-7}" <<'PYTHON'
import glob, json, os, shutil, statistics, subprocess, sys, tempfile, time

program, samples, given, rounds = sys.argv[1:]
rounds = int(rounds)

def sample_lines(path, size):
    texts = [open(name, encoding="utf-8").read() for name in sorted(glob.glob(samples + "/**/*.txt", recursive=True))]
    if not texts:
        sys.exit("bench: no sample articles below " + samples)
    with open(path, "w", encoding="utf-8") as lines:
        number = 0
        while lines.tell() < size:
            for text in texts:
                number += 1
                lines.write(json.dumps({"id": f"d{number}", "text": text}, ensure_ascii=False) + "\n")

def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"bench: {command[0]} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024

with tempfile.TemporaryDirectory() as scratch:
    path = given
    if not path:
        path = scratch + "/samples.jsonl"
        sample_lines(path, 24_000_000)
    empty = scratch + "/empty.jsonl"
    open(empty, "w").close()
    size = os.path.getsize(path) / 1e6
    rivals = {"uconv -x any-nfc": ["uconv", "-x", "any-nfc", path], "wc -mw": ["wc", "-mw", path]}
    rivals = {name: command for name, command in rivals.items() if shutil.which(command[0])}
    quoth = [program, "-j1", "--from=jsonl", path]
    run(quoth)
    times = {name: [] for name in ["quoth -j1", *rivals]}
    memory = 0
    for _ in range(rounds):
        seconds, peak = run(quoth)
        times["quoth -j1"].append(seconds)
        memory = max(memory, peak)
        for name, command in rivals.items():
            times[name].append(run(command)[0])
    start = statistics.median(run([program, "-j1", "--from=jsonl", empty])[0] for _ in range(rounds))
    print(f"{size:.1f} MB, {rounds} rounds")
    for name, seconds in times.items():
        line = f"{name:18} {size / statistics.median(seconds):8.2f} MB/s"
        if name in rivals:
            ratio = statistics.median(other / own for other, own in zip(seconds, times["quoth -j1"]))
            line += f"   quoth's speed is {ratio:.3f} of it"
        print(line)
    print(f"start-up {1000 * start:.1f} ms, peak memory {memory:.0f} MiB")
PYTHON
