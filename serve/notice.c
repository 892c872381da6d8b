/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.c: what a server says of attempts that it refused and workers that failed, on standard
 * error: the journal of a service.
 *
 * A line each, with its time, and never what was typed: a name may be a passphrase in the wrong field. Whoever floods it fills no disk: so many lines a minute, then a count of the others. */
#include <stdio.h>

#include "kith/date.h"
#include "serve_private.h"

enum { LINES = 20, MINUTE = 60 * 1000 };

void notice(server *s, const char *what)
{
    char at[KITH_TIME_SIZE];
    const int64_t now = now_milliseconds();

    kith_moment_write(at, kith_now());
    if (now - s->notices.since >= MINUTE) {
        if (s->notices.unsaid > 0)
            fprintf(stderr, "kith: %s %d more since\n", at, s->notices.unsaid);
        s->notices.since = now;
        s->notices.said = s->notices.unsaid = 0;
    }
    if (s->notices.said < LINES) {
        s->notices.said++;
        fprintf(stderr, "kith: %s %s\n", at, what);
    } else {
        s->notices.unsaid++;
    }
}
