#!/bin/sh
# fuzz: builds the fuzz targets with clang's libFuzzer and runs each for FUZZ_SECONDS (default 600).
#
# usage: [FUZZ_SECONDS=N] fuzz.sh FOLDER TARGETS
#
# FOLDER/source is a copy of the tree; FOLDER/build is where it is built; FOLDER/found keeps the inputs that reached new code,
# from one call to the next, and those that broke something. The first inputs are the sample articles.
set -eu
folder=$1
targets=$2
seconds=${FUZZ_SECONDS:-600}

mkdir -p "$folder/build"
cd "$folder/build"
if [ ! -f Makefile ]; then
	../source/configure --quiet --enable-fuzzers --enable-werror CC="${CLANG:-clang}" CFLAGS="-O1 -g"
fi
make -s $targets
for target in $targets; do
	name=$(basename "$target")
	mkdir -p "../found/$name" "../broken"
	seeds=$(find ../source/corpus/samples -type d)
	[ ! -d "../source/tests/fuzz/$name" ] || seeds="$seeds ../source/tests/fuzz/$name"
	echo "== $name, $seconds seconds"
	# shellcheck disable=SC2086
	"./$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=20000 -verbosity=0 \
		-print_final_stats=1 -artifact_prefix="../broken/$name-" "../found/$name" $seeds
done
