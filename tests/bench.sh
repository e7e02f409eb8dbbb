#!/bin/sh
# bench: how fast quoth is and how much memory it takes, as ratios of what ran side by side.
#
# usage: builddir=DIR [BENCH_INPUT=FILE.jsonl] [BENCH_PAIRS=5] [BENCH_LARGE=yes] [BENCH_WRITE=yes] bench.sh SOURCE_FOLDER
#
# Two commands run in turn (A, B, A, B, …) on the same texts; each pair gives a ratio, and the median over the pairs counts.
# Ratios are of processor time (user and system), which other work on the machine disturbs least; beside them stands wall time,
# which alone says something of threads. Without BENCH_INPUT the sample articles are repeated to 10 MB of JSON lines. Peak
# memory is taken over 10 MB and 100 MB, with BENCH_LARGE=yes also over 1 GB in each format (an hour). BENCH_WRITE=yes writes the table into
# corpus/EVALUATION.md as well, between its two marks. A row whose tool is missing is left out.
set -eu
exec python3 "$1/tests/bench.py" "$builddir/quoth" "$1"
