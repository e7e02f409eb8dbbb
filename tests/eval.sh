#!/bin/sh
# eval: scores quoth on annotated data.
#
# usage: builddir=DIR DATA=FOLDER SCORER=COMMAND [FLOORS=yes] eval.sh SOURCE_FOLDER
#
# A set is a folder FOLDER/text of articles with FOLDER/gold.tsv, or a folder NAME with NAME.gold.tsv beside it, anywhere
# below DATA (default: corpus/, which has the samples). SCORER (default: quoth-eval) is called as
# `SCORER --text DIR --gold GOLD.tsv OUTPUT.tsv` and prints a line for each measure, "attribution  p 71.2  r 60.4 …".
# With FLOORS, each row of tests/floors.tsv whose set lies below DATA must be reached; status 1 if one is not.
set -eu
source=$1
floors=$source/tests/floors.tsv
DATA=${DATA:-$source/corpus}
SCORER=${SCORER:-$builddir/quoth-eval}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

check_floors()
{
	awk -F '\t' -v set="$1" -v scores="$2" '
		BEGIN {
			while ((getline line < scores) > 0) {
				n = split(line, word, " ")
				for (i = 2; i + 1 <= n; i += 2)
					reached[word[1] SUBSEP word[i]] = word[i + 1]
			}
		}
		/^#/ || FNR == 1 || $1 != set { next }
		{
			is = reached[$2 SUBSEP $3]
			if (is == "" || is + 0 < $4 + 0) {
				printf "%s: %s %s is %s, below its floor of %s\n", set, $2, $3, is == "" ? "not there" : is, $4
				failed = 1
			}
		}
		END { exit failed }' "$floors"
}

find "$DATA" -name '*gold.tsv' | LC_ALL=C sort >"$scratch/gold"
while read -r gold; do
	case $gold in
	*/gold.tsv) set=${gold%/gold.tsv} text=$set/text ;;
	*) set=${gold%.gold.tsv} text=$set ;;
	esac
	[ -d "$text" ] || continue
	set=${set#"$DATA"/}
	if [ -n "${FLOORS:-}" ] && ! cut -f 1 "$floors" | grep -qxF "$set"; then
		continue
	fi
	echo "== $set"
	"$builddir/quoth" -o "$scratch/rows.tsv" "$text"
	$SCORER --text "$text" --gold "$gold" "$scratch/rows.tsv" | tee "$scratch/scores"
	if [ -n "${FLOORS:-}" ]; then
		check_floors "$set" "$scratch/scores" || status=1
	fi
done <"$scratch/gold"
[ -s "$scratch/scores" ] || {
	echo "eval: no set (a folder of articles and its gold.tsv) below $DATA; say DATA=FOLDER SCORER=COMMAND" >&2
	status=2
}
exit $status
