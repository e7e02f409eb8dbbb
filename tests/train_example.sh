#!/bin/sh
# train_example: the README's small example of training works: attribution learned from corpus/samples and corpus/training on
# top of the built-in model, twice to the same bytes; the program reads with it, and refuses it cut short or altered.
# So does the learning of what pronouns mean.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
samples=$srcdir/corpus/samples
base=$srcdir/corpus/models/quoth.model

complain()
{
	echo "$*"
	status=1
}

# train FILE DATA_OPTION...: the example, to FILE.
train()
{
	output=$1
	shift
	"$builddir/quoth-train" --base="$base" --only=attribute "$@" --output="$output"
}

# refuses MESSAGE COMMAND...: status 2, MESSAGE on standard error and nothing on standard output.
refuses()
{
	message=$1 got=0
	shift
	"$@" >"$scratch/out" 2>"$scratch/err" || got=$?
	if [ "$got" != 2 ] || [ -s "$scratch/out" ] || ! grep -qF -e "$message" "$scratch/err"; then
		complain "$*: status $got, wanted 2 with \"$message\" and no output:"
		cat "$scratch/err"
	fi
}

train "$scratch/own.model" --data="$samples" --data="$srcdir/corpus/training"
train "$scratch/again.model" --data="$samples/" --data="$srcdir/corpus/training/"
cmp "$scratch/own.model" "$scratch/again.model" || complain 'trained twice, the bytes differ'
! cmp -s "$scratch/own.model" "$base" || complain 'nothing was learned: the model is the one it started from'

# Rows come out, and they are good ones: these are the articles that were learned from.
"$builddir/quoth" --model="$scratch/own.model" -o "$scratch/rows.tsv" "$samples"
"$builddir/quoth-eval" --text="$samples" --gold="$samples.gold.tsv" "$scratch/rows.tsv" >"$scratch/scores"
awk '$1 == "attribution+source" { f1 = $7 } END { exit !(f1 >= 90) }' "$scratch/scores" || {
	complain 'attribution with source should be 90 or more on what was learned from:'
	cat "$scratch/scores"
}

size=$(wc -c <"$scratch/own.model")
head -c $((size / 2)) "$scratch/own.model" >"$scratch/short.model"
refuses "quoth: $scratch/short.model: is cut short" "$builddir/quoth" --model="$scratch/short.model" "$samples"
refuses "quoth-train: $scratch/short.model: is cut short" "$builddir/quoth-train" --base="$scratch/short.model" \
	--only=attribute --data="$samples" --output="$scratch/none.model"

# One byte in the middle becomes another.
cp "$scratch/own.model" "$scratch/altered.model"
byte=$(od -An -tu1 -j $((size / 2)) -N 1 "$scratch/own.model")
printf "\\$(printf %o $(((byte + 1) % 256)))" |
	dd of="$scratch/altered.model" bs=1 seek=$((size / 2)) conv=notrunc 2>"$scratch/err"
refuses "quoth: $scratch/altered.model: is damaged" "$builddir/quoth" --model="$scratch/altered.model" "$samples"

# Whom pronouns mean is learned from the same articles, into a list as the one built in, twice the same.
weigh()
{
	"$builddir/quoth-train" --base="$base" --only=resolve --data="$samples" --data="$srcdir/corpus/training" --weighings="$1"
}
weigh "$scratch/weighings"
weigh "$scratch/again"
cmp "$scratch/weighings" "$scratch/again" || complain 'weighed twice, the lists differ'
cut -f 1 "$scratch/weighings" >"$scratch/features"
cut -f 1 "$srcdir/corpus/lexicon/antecedents.tsv" | cmp - "$scratch/features" ||
	complain 'the list that was learned has other rows than the one built in'
awk '$1 == "spoke-last" { near = $2 } $1 == "farther" { far = $2 } END { exit !(near > 0 && far < 0) }' "$scratch/weighings" ||
	complain 'who spoke last should weigh more than who was spoken of long ago'
refuses 'quoth-train: --weighings: is needed' "$builddir/quoth-train" --base="$base" --only=resolve --data="$samples"
refuses "quoth-train: $scratch/no/list" weigh "$scratch/no/list"

# Slips of the pen are told, and leave no file.
refuses "quoth-train: $scratch/nowhere: No such file" train "$scratch/none.model" --data="$scratch/nowhere"
refuses 'quoth-train: --only: needs --base' "$builddir/quoth-train" --only=attribute --data="$samples" \
	--output="$scratch/none.model"
printf 'doc\tquote_spans\tsource_spans\tcue_spans\na\tfrom 3 to 9\t\t\n' >"$scratch/gold.tsv"
mkdir "$scratch/text"
printf 'Rain will fall, Ada Lee said.\n' >"$scratch/text/a.txt"
refuses "quoth-train: $scratch/gold.tsv:2: spans must be" train "$scratch/none.model" --data="$scratch"
[ ! -e "$scratch/none.model" ] || complain 'a training that failed left a file'
exit $status
