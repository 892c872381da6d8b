/* SPDX-License-Identifier: GPL-3.0-or-later */
/* child.h: another program, fed and listened to, until it ends or its time is over. */
#ifndef KITH_CHILD_H
#define KITH_CHILD_H

#include <stdbool.h>

#include "kith/text.h"

typedef struct child_call {
    const char *path;
    char *const *words;       /* argv, NULL at the end */
    char *const *environment; /* NULL: this program's own */
    const char *bytes;        /* what it reads */
    size_t size;
    int seconds; /* on the wall clock; then it is killed */
    size_t most; /* bytes of each output; of more it is killed. 0: CHILD_OUTPUT_MOST */
} child_call;

enum { CHILD_OUTPUT_MOST = 512 << 20 };

typedef struct child_end {
    bool late; /* killed, because its time was over or it wrote too much */
    int code;  /* exit code, or -signal */
} child_end;

/**
 * Runs a program. out and said are added to: what it writes on standard output and standard
 * error. Returns KITH_IO when it cannot be started; how it ended is for the caller to judge.
 * May be called by several threads.
 */
kith_status child_run(child_end *end, kith_text *out, kith_text *said, const child_call *call,
                      kith_error *err);

#endif
