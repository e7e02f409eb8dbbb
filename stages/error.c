#include "stages/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *quoth_error_words(int error)
{
	switch (error) {
	case QUOTH_OK: return "no error";
	case QUOTH_NO_MEMORY: return "out of memory";
	case QUOTH_TOO_LARGE: return "too large";
	case QUOTH_BAD_INPUT: return "bad input";
	case QUOTH_IO: return "input or output failed";
	case QUOTH_BAD_MODEL: return "unusable model or lexicon";
	case QUOTH_BAD_USAGE: return "bad usage";
	case QUOTH_STOPPED: return "stopped by a signal";
	case QUOTH_CHANGED: return "changed since an earlier run";
	case QUOTH_FAULT: return "the system failed";
	case QUOTH_FOREIGN: return "something else than its name suggested";
	default: return "unknown error";
	}
}

/* A cut in the middle of a UTF-8 character would make the message itself bad UTF-8. */
static void trim_broken_tail(char *s, size_t capacity)
{
	size_t n = strlen(s);

	if (n + 1 < capacity)
		return;
	while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && (unsigned char)s[n - 1] >= 0xC0)
		n--;
	else
		n = strlen(s);
	s[n] = '\0';
}

int quoth_report_set(struct quoth_report *report, int error, const char *where, const char *what, ...)
{
	va_list args;

	if (!report)
		return error;
	if (where != report->where)	/* a caller may keep the place and set the rest */
		snprintf(report->where, sizeof report->where, "%s", where ? where : "");
	trim_broken_tail(report->where, sizeof report->where);
	va_start(args, what);
	vsnprintf(report->what, sizeof report->what, what, args);
	va_end(args);
	trim_broken_tail(report->what, sizeof report->what);
	return error;
}
