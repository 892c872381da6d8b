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

/* The value at a place, from 1, of the row under way that a store holds (store_held.c). */
void kith_held_integer_at(struct held_rows *rows, int place, int64_t value);
void kith_held_number_at(struct held_rows *rows, int place, double value);
void kith_held_text_at(struct held_rows *rows, int place, const char *text);
void kith_held_missing_at(struct held_rows *rows, int place);

/** Whether the value at a place is kept as a text, or as whether there is one. */
bool kith_held_keeps_text(const struct held_rows *rows, int place);

#endif
