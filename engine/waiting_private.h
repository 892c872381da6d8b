/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waiting_private.h: how the rows of kith/waiting.h are packed, for who writes them. */
#ifndef KITH_WAITING_PRIVATE_H
#define KITH_WAITING_PRIVATE_H

#include "kith/waiting.h"

enum {
    WAITING_INTEGER = 'i', /* int64_t */
    WAITING_NUMBER = 'n',  /* double */
    WAITING_TEXT = 't',    /* its size in uint32_t, its bytes, a NUL */
    WAITING_EMPTY = 'e',   /* a text of no bytes */
    WAITING_BYTES = 'b',   /* as a text */
    WAITING_MISSING = 'm'
};

/** What follows a value. */
const char *kith_waiting_after(const char *value);

/** The value of a row that n others precede; for as many as it has, what follows the row. */
const char *kith_waiting_value(const char *row, int n);

#endif
