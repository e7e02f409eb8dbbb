#!/bin/sh
#SBATCH --job-name=quoth
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --signal=B:TERM@120
# quoth-array: quoth as a Slurm array job, each task one of N shards of the input; then one table of theirs.
#
#     sbatch --array=1-16 quoth-array.sh 16 FOLDER [OPTION]... PATH...
#     sbatch --dependency=afterok:JOB quoth-array.sh --merge 16 FOLDER
#
# OPTION is quoth's. Task K writes FOLDER/part-K.tsv, which is there only when it is whole, and FOLDER/part-K.errors, with the documents
# that failed. A task that was killed, preempted or out of time goes on where it was when it is submitted again with the same words:
# sbatch --array=3,7 quoth-array.sh 16 FOLDER … for the third and the seventh. --merge puts the parts in order into FOLDER/quotes.tsv and
# FOLDER/errors.tsv, and refuses while one is missing.
#
# PATH and FOLDER must be seen from all nodes under the same names. The program is $QUOTH, or quoth on the PATH.
set -eu

fail()
{
	echo "quoth-array: $*" >&2
	exit 2
}

is_number()
{
	case $1 in
	'' | *[!0-9]* | 0*) return 1 ;;
	esac
}

part()
{
	printf '%s/part-%05d' "$folder" "$1"
}

# The parts' lines, the header only once. JSON lines have none.
concatenate()
{
	i=1
	while [ "$i" -le "$n" ]; do
		file=$(part "$i").$1
		header=$(head -c 4 "$file")
		if [ "$i" -gt 1 ] && [ "$header" = "$(printf 'doc\t')" ]; then
			tail -n +2 "$file"
		else
			cat "$file"
		fi
		i=$((i + 1))
	done
}

merge()
{
	i=1
	while [ "$i" -le "$n" ]; do
		[ -f "$(part "$i").tsv" ] || fail "$(part "$i").tsv: missing: task $i has not come to its end"
		i=$((i + 1))
	done
	for kind in tsv:quotes errors:errors; do
		concatenate "${kind%:*}" >"$folder/.${kind#*:}.partial"
	done
	mv "$folder/.errors.partial" "$folder/errors.tsv"
	mv "$folder/.quotes.partial" "$folder/quotes.tsv"
}

# Status 1 of quoth, some documents failed, is no failure of the task: it would keep the merge from being run.
run_task()
{
	k=${SLURM_ARRAY_TASK_ID-}
	is_number "$k" || fail "SLURM_ARRAY_TASK_ID: not set: submit with sbatch --array=1-$n"
	[ "$k" -le "$n" ] || fail "task $k: there are $n shards"
	mkdir -p "$folder"
	status=0
	pid=
	# Slurm's notice that time is up goes to this shell; quoth then ends what it has in hand and notes it.
	trap '[ -z "$pid" ] || kill -TERM "$pid"' TERM
	"${QUOTH:-quoth}" -j"${SLURM_CPUS_PER_TASK:-1}" --shard="$k/$n" --resume="$(part "$k").journal" --output="$(part "$k").tsv" \
		--errors="$(part "$k").errors" --progress=always "$@" &
	pid=$!
	wait "$pid" || status=$?
	# A signal ends the first wait before quoth has ended.
	while kill -0 "$pid" 2>/dev/null; do
		status=0
		wait "$pid" || status=$?
	done
	[ "$status" -ne 1 ] || status=0
	return "$status"
}

usage()
{
	sed -n 's/^# \{0,1\}//; 6,16p' "$0" >&2
	exit 2
}

is_merge=no
if [ "${1-}" = --merge ]; then
	is_merge=yes
	shift
fi
[ $# -ge 2 ] && is_number "$1" || usage
n=$1
folder=$2
shift 2
if [ $is_merge = yes ]; then
	merge
else
	[ $# -gt 0 ] || usage
	run_task "$@"
fi
