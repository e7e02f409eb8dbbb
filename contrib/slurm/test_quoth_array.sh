#!/bin/sh
# test_quoth_array: the tasks of an array job, merged, are one run; a task that was killed goes on when it is submitted again.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
script=$srcdir/contrib/slurm/quoth-array.sh
QUOTH=$builddir/quoth
export QUOTH

fail()
{
	echo "FAILED: $*"
	cat "$scratch/log"
	exit 1
}

# task K N FOLDER ARGUMENT...: what Slurm starts for --array=K
task()
{
	k=$1
	shift
	SLURM_ARRAY_TASK_ID=$k SLURM_CPUS_PER_TASK=1 "$script" "$@" >"$scratch/log" 2>&1
}

refused()
{
	words=$1
	shift
	status=0
	"$@" >"$scratch/log" 2>&1 || status=$?
	[ "$status" -eq 2 ] || fail "$*: status $status, not 2"
	grep -q "$words" "$scratch/log" || fail "$*: no word of “$words”"
}

mkdir "$scratch/in"
cp "$srcdir"/corpus/samples/*.txt "$scratch/in"
gzip -c "$srcdir"/corpus/samples/broadsheet-*.txt >"$scratch/in/long.txt.gz"
: >"$scratch/in/empty.txt"
printf '%s\n' '{broken' '{"id": "bridge", "text": "The bridge is closed, Mayor Ada Brandt said."}' >"$scratch/in/feed.jsonl"
status=0
"$QUOTH" --errors="$scratch/want.errors" -o "$scratch/want.tsv" "$scratch/in" 2>"$scratch/log" || status=$?
[ "$status" -eq 1 ] || fail "one run: status $status"

echo "the parts in order are one run's table, the header once; failed documents do not fail a task"
out=$scratch/out
for k in 5 1 2 4; do
	task $k 5 "$out" --min-confidence=0 "$scratch/in" || fail "task $k: status $?"
done
refused "part-00003.tsv: missing: task 3" "$script" --merge 5 "$out"
[ ! -e "$out/quotes.tsv" ] || fail "a table was made of parts that are not all there"
task 3 5 "$out" --min-confidence=0 "$scratch/in" || fail "task 3: status $?"
"$script" --merge 5 "$out" || fail "merge"
cmp "$scratch/want.tsv" "$out/quotes.tsv"
cmp "$scratch/want.errors" "$out/errors.tsv"

echo "a task that is submitted again does not change its part, one with other words is refused"
task 2 5 "$out" --min-confidence=0 "$scratch/in" || fail "task 2 again: status $?"
"$script" --merge 5 "$out" || fail "merge again"
cmp "$scratch/want.tsv" "$out/quotes.tsv"
status=0
task 2 5 "$out" --min-confidence=0.9 "$scratch/in" || status=$?
[ "$status" -eq 2 ] || fail "another confidence in one of the parts: status $status, not 2"

echo "there may be more shards than documents"
many=$scratch/many
mkdir "$scratch/few"
cp "$scratch/in/feed.jsonl" "$scratch/few"
for k in 1 2 3 4; do
	task $k 4 "$many" "$scratch/few" || fail "task $k: status $?"
done
"$script" --merge 4 "$many" || fail "merge of many"
[ "$(grep -c . "$many/quotes.tsv")" -eq 2 ] || fail "not one row below one header"

echo "JSON lines have no header that could be lost"
lines=$scratch/lines
for k in 1 2 3; do
	task $k 3 "$lines" --to=jsonl "$scratch/in" || fail "task $k: status $?"
done
"$script" --merge 3 "$lines" || fail "merge of JSON lines"
"$QUOTH" --to=jsonl "$scratch/in" 2>"$scratch/log" | cmp - "$lines/quotes.tsv"

echo "a task whose time is up ends in order, and goes on when it is submitted again"
mkdir "$scratch/big"
for i in 1 2 3 4 5 6 7 8 9 10; do
	cat "$srcdir"/corpus/samples/*.txt | awk -v i=$i '{ gsub(/[\\"\t\r]/, ""); printf "{\"id\": \"%d-%d\", \"text\": \"%s\"}\n", i, NR, $0 }' |
		grep said
done >"$scratch/big/feed.jsonl"
for i in 1 2 3 4 5 6; do cat "$scratch/big/feed.jsonl"; done >"$scratch/big/more.jsonl"
"$QUOTH" -o "$scratch/big.tsv" --shard=1/2 "$scratch/big" 2>"$scratch/log"
SLURM_ARRAY_TASK_ID=1 "$script" 2 "$scratch/time" "$scratch/big" >"$scratch/log" 2>&1 &
pid=$!
sleep 0.3
kill -TERM $pid 2>"$scratch/killed" || echo "(no such task any more)"
status=0
wait $pid || status=$?
if [ "$status" -eq 0 ]; then
	echo "(it had ended before)"
else
	# The signal may come when all is written but the process has not ended.
	[ ! -e "$scratch/time/part-00001.tsv" ] || cmp "$scratch/big.tsv" "$scratch/time/part-00001.tsv" ||
		fail "a part is there that is not whole"
fi
task 1 2 "$scratch/time" "$scratch/big" || fail "task 1 again: status $?"
cmp "$scratch/big.tsv" "$scratch/time/part-00001.tsv"

echo "what cannot be done is refused"
refused "sbatch --array=1-5" env -u SLURM_ARRAY_TASK_ID "$script" 5 "$out" "$scratch/in"
refused "there are 5 shards" env SLURM_ARRAY_TASK_ID=6 "$script" 5 "$out" "$scratch/in"
refused "sbatch --array=1-16" "$script" 5 "$out"
refused "sbatch --array=1-16" "$script" --merge five "$out"
