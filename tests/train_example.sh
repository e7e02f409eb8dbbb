#!/bin/sh
# train_example: the README's small example of training works: attribution learned from corpus/samples and corpus/training on
# top of the built-in model, twice to the same bytes; the program reads with it, and refuses it cut short or altered.
# So does the learning of what pronouns mean, and of what is worth a check.
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

# What is worth a check is learned from sentences with labels.
mkdir "$scratch/claims"
check()
{
	"$builddir/quoth-train" --base="$base" --only=checkworthy --data="$scratch/claims" --output="$1"
}
{
	printf 'id\tlabel\ttext\n'
	for n in 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
		printf '%s\t1\tThe price of bread rose by %s percent last year.\n' "$n" "$n"
		printf '%s\t0\tI hope that all of us will meet again on day %s.\n' "$n" "$n"
	done
} >"$scratch/claims/train.tsv"
check "$scratch/claims.model"
check "$scratch/claims.again"
cmp "$scratch/claims.model" "$scratch/claims.again" || complain 'trained twice, the bytes differ'
printf 'The price of salt rose by 3 percent, Ada Lee said.\n\nI hope that we will meet again, Ada Lee said.\n' >"$scratch/said.txt"
"$builddir/quoth" --model="$scratch/claims.model" "$scratch/said.txt" | cut -f 13 >"$scratch/chances"
awk 'NR == 2 { claim = $1 } NR == 3 { hope = $1 } END { exit !(NR == 3 && claim > 0.6 && hope != "" && hope < 0.4) }' "$scratch/chances" || {
	complain 'a claim as those learned from should be worth a check, a hope should not:'
	cat "$scratch/chances"
}
printf 'x\t2\tThe price of bread rose.\n' >>"$scratch/claims/train.tsv"
refuses "quoth-train: $scratch/claims/train.tsv:42: is no id, label (0 or 1) and text" check "$scratch/none.model"
printf 'text\tlabel\n' >"$scratch/claims/train.tsv"
refuses "quoth-train: $scratch/claims/train.tsv:1: the header must be id, label, text" check "$scratch/none.model"

# An article without a word teaches nothing, and is no error.
mkdir -p "$scratch/empty/text"
: >"$scratch/empty/text/a.txt"
printf 'doc\tquote_spans\tsource_spans\tcue_spans\na\t\t\t\n' >"$scratch/empty/gold.tsv"
train "$scratch/empty.model" --data="$scratch/empty" || complain 'an empty article ended the training'

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
