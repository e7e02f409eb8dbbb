#!/bin/sh
# eval_program: what quoth-eval says and which status it gives, to good and bad calls.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
header='doc\tkind\tquote_spans\tsource_spans\tcue_spans\n'
printf 'Rain will fall, Ada Lee said.\n' >"$scratch/a.txt"
printf "${header}a\tindirect\t0-14\t16-23\t24-28\n" >"$scratch/gold.tsv"
printf "${header}a\tindirect\t0-14\t16-23\t24-28\na\tdirect\t0-31\t\t\n" >"$scratch/outside.tsv"

# expect STATUS TEXT ARGUMENT...: the status, and TEXT in one of the lines written.
expect()
{
	wanted=$1 text=$2 got=0
	shift 2
	"$builddir/quoth-eval" "$@" >"$scratch/out" 2>&1 || got=$?
	if [ "$got" != "$wanted" ] || ! grep -qF -e "$text" "$scratch/out"; then
		echo "quoth-eval $*: status $got, wanted $wanted with \"$text\":"
		cat "$scratch/out"
		status=1
	fi
}

set -- --text="$scratch" --gold="$scratch/gold.tsv"
expect 0 'attribution          p 100.0  r 100.0  f1 100.0  gold 1  pred 1' "$@" "$scratch/gold.tsv"
expect 0 '"f1": 100.0' "$@" --json "$scratch/gold.tsv"
expect 0 'low 100.0  high 100.0' "$@" --bootstrap=20 --seed=3 "$scratch/gold.tsv"
expect 0 'indirect                           1       0       0       0       1       0' "$@" --table "$scratch/gold.tsv"
expect 0 'Usage: quoth-eval' --help
expect 0 'quoth-eval ' --version
expect 2 "quoth-eval: $scratch/outside.tsv:3: quote_spans: span 0-31 is outside the text of 30 bytes" "$@" "$scratch/outside.tsv"
expect 2 "quoth-eval: $scratch/none.tsv: No such file" "$@" "$scratch/none.tsv"
expect 2 "quoth-eval: $scratch: " "$@" "$scratch"
expect 2 "quoth-eval: $scratch/a.txt:1: the header lacks the column \"doc\"" "$@" "$scratch/a.txt"
expect 2 'the table to be scored is missing' "$@"
expect 2 'more than one table' "$@" x y
expect 2 '--text=DIR is missing' --gold=x y
expect 2 '--gold=FILE is missing' --text=x y
expect 2 "--errors: '-1' is no number from 0 to" "$@" --errors=-1 x
expect 2 "--bootstrap: '1e3' is no number from 0 to" "$@" --bootstrap=1e3 x
expect 2 "--seed: 'x' is no number" "$@" --seed=x x
expect 2 "unrecognized option '--golden=x'" "$@" --golden=x x
expect 0 'no text for 2 rows, which are left out' --text=/nowhere --gold="$scratch/gold.tsv" "$scratch/gold.tsv"

"$builddir/quoth-eval" "$@" - <"$scratch/gold.tsv" >"$scratch/out" || status=1
if [ -e /dev/full ] && "$builddir/quoth-eval" "$@" "$scratch/gold.tsv" >/dev/full 2>"$scratch/out"; then
	echo 'quoth-eval does not notice a full disk'
	status=1
fi
exit $status
