#!/bin/sh
# one_file: the program needs nothing of the source tree at run time; a copy elsewhere says the same.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cp "$builddir/quoth" "$scratch/quoth"
printf 'The bridge is closed, \342\200\234until further notice,\342\200\235 Mayor Ada Brandt said on Monday.\n' >"$scratch/text.txt"
"$builddir/quoth" - <"$scratch/text.txt" >"$scratch/here"
(cd / && env -i "$scratch/quoth" - <"$scratch/text.txt") >"$scratch/there"
cmp "$scratch/here" "$scratch/there"
