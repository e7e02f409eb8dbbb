#!/bin/sh
# lists: what stands in one list stands in the other too, so that no source, test or embedded file is left out unseen.
#
# Every C file of stages/, pipeline/ and tests/, and every script, is named in Makefile.am; every suite that a test file
# defines is named in tests/suites.h; the embedded files are the same in Makefile.am and in stages/embedded.c.
set -eu
cd "$srcdir"
status=0

complain()
{
	echo "$*"
	status=1
}

# In a checkout a file counts from its first commit on; in a release archive there are no others.
is_counted()
{
	[ -f "$1" ] && { [ ! -e .git ] || git ls-files --error-unmatch "$1" >/dev/null 2>&1; }
}

for file in stages/*.[ch] pipeline/*.[ch] tests/*.[ch] tests/*/*.[ch] tests/*.sh tests/*.py tests/*.tsv; do
	is_counted "$file" || continue
	grep -qE "(^|[[:space:]])$file([[:space:]]|\$)" Makefile.am || complain "$file is not named in Makefile.am"
done

for file in tests/*/*_test.c; do
	is_counted "$file" || continue
	for suite in $(sed -n 's/^Suite \*\([a-z0-9_]*\)_suite(void).*/\1/p' "$file"); do
		grep -q "X($suite)" tests/suites.h || complain "the suite $suite of $file is not named in tests/suites.h"
	done
done

embedded=$(sed -n 's/^[[:space:]]*X([a-z0-9_]*, "\([^"]*\)").*/corpus\/\1/p' stages/embedded.c | sort)
named=$(sed -n '/^embedded_files/,/[^\\]$/p' Makefile.am | grep -oE 'corpus/[^[:space:]\\]+' | sort)
[ "$embedded" = "$named" ] || complain "embedded_files in Makefile.am and EMBEDDED_FILES in stages/embedded.c differ:
$embedded
--
$named"
exit $status
