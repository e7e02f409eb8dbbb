#!/bin/sh
# help: `make help` has one line for each target that a person may call, and each of them exists.
set -eu
cd "$builddir"
# The make that runs the tests must not lend its flags (nor its jobs) to this one.
unset MAKEFLAGS MFLAGS MAKELEVEL
status=0

targets=$("$MAKE" -s --no-print-directory help | sed -n 's/^make \([a-z-]*\) .*/\1/p')
for target in all check install distcheck eval bench fuzz train clean help; do
	if ! printf '%s\n' "$targets" | grep -qx "$target"; then
		echo "make help does not name $target"
		status=1
	fi
done
for target in $targets; do
	if ! grep -q "^$target:" Makefile; then
		echo "make help names $target, which is no target"
		status=1
	fi
done
exit $status
