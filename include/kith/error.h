/* SPDX-License-Identifier: MIT */
/* error.h: what went wrong, in a sentence.
 *
 * Every function that can fail returns a kith_status and takes, as its last
 * argument, a kith_error that the caller owns (NULL when the sentence is not
 * wanted). The function that discovers the fault writes the sentence: the
 * thing, the place, the remedy. Everyone above passes the status on. Out
 * parameters come first and are emptied before anything can fail. */
#ifndef KITH_ERROR_H
#define KITH_ERROR_H

#include <stdarg.h>
#include <stddef.h>

typedef enum kith_status {
    KITH_OK = 0,
    KITH_NOT_FOUND, /* a named thing is not there, or out of view; `check` found something */
    KITH_USAGE,     /* the call itself is wrong: an unknown option, a value out of range */
    KITH_INPUT,     /* data given to us is refused; nothing was kept of it */
    KITH_POLICY,    /* the operation is refused by policy */
    KITH_HUB,       /* the hub cannot be opened: missing, wrong key, locked, damaged */
    KITH_NO_MEMORY, /* an allocation failed */
    KITH_IO,        /* reading or writing a file failed */
    KITH_INTERNAL   /* a fault of ours or of a library */
} kith_status;

typedef struct kith_error {
    kith_status status;
    char message[1024]; /* UTF-8, ends with NUL, no newline at the end */
} kith_error;

/**
 * Writes the sentence and returns status, so that a fault is one line:
 *
 *     return kith_fail(err, KITH_USAGE, "--hops is %d; a number from 1 to 6 is expected", hops);
 *
 * A message that is too long is cut at the end of a character. err may be NULL.
 */
kith_status kith_fail(kith_error *err, kith_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The same, for a caller that has a va_list. */
kith_status kith_vfail(kith_error *err, kith_status status, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/** snprintf of UTF-8: what is too long, for size or for "%.9s", is cut at a character's end; other bytes are left out. */
void kith_sentence(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void kith_vsentence(char *out, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/** KITH_NO_MEMORY with its sentence. Allocates nothing. */
kith_status kith_no_memory(kith_error *err);

/** The exit code that design section 4 promises for a status: 0 to 6. */
int kith_exit_code(kith_status status);

#endif
