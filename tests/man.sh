#!/bin/sh
# man: each program's man page and its --help agree, in both directions: the same options, each with the same one line of text.
#
# In the man page an option is a .TP whose tag names it, and the first line below the tag is the line of --help (with a full stop,
# where more follows).
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# One line an option, "--name=ARGUMENT|text", whatever the columns are; a text may go on in the next lines of --help.
options_of_help()
{
	"$builddir/$program" --help | awk '
		function flush() { if (option != "") print option "|" text; option = text = "" }
		/^ +(-[A-Za-z], )?--[a-z]/ {
			flush()
			line = $0
			sub(/^ +/, "", line)
			match(line, /--[a-z-]+(\[?=[A-Z.,/]+\]?)?/)
			option = substr(line, 1, RSTART + RLENGTH - 1)
			text = substr(line, RSTART + RLENGTH)
			sub(/^ +/, "", text)
			next
		}
		/^ {8,}[^ ]/ && option != "" {
			line = $0
			sub(/^ +/, "", line)
			text = text (text == "" ? "" : " ") line
			next
		}
		{ flush() }
		END { flush() }' | sort
}

options_of_page()
{
	awk '
		function plain(s) {
			gsub(/\\f[BIRP]/, "", s); gsub(/\\-/, "-", s); gsub(/\\\(aq/, "\047", s); gsub(/\\&/, "", s)
			gsub(/\\\(dq/, "\"", s); gsub(/\\e/, "\\", s)
			return s
		}
		/^\.SH/ { in_options = ($2 == "OPTIONS") }
		!in_options { next }
		/^\.TP/ { state = 1; next }
		state == 1 { option = plain($0); state = 2; next }
		state == 2 { text = plain($0); sub(/\.$/, "", text); print option "|" text; state = 0 }' "$srcdir/pipeline/$program.1" | sort
}

status=0
for program in quoth quoth-eval quoth-gazetteer quoth-group quoth-train; do
	options_of_help >"$scratch/help"
	options_of_page >"$scratch/page"
	[ -s "$scratch/help" ] || {
		echo "$program --help names no option"
		status=1
	}
	diff -u --label "$program --help" --label "pipeline/$program.1" "$scratch/help" "$scratch/page" || status=1
done
exit $status
