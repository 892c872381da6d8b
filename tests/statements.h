/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statements.h: letting each call of SQLite fail once.
 *
 * The linker gives a test_*_statements program's calls of SQLite, from our own code, to statements.c:
 * opening, keys, scripts, preparing, binding, stepping, and reading of texts and bytes. A call that
 * fails does nothing, but that a failure of the disk undoes the transaction, as SQLite does then.
 * Ends are not counted: undoing, resetting, closing; nor is the size of the cache, on which nothing
 * but memory depends. */
#ifndef KITH_TESTS_STATEMENTS_H
#define KITH_TESTS_STATEMENTS_H

#include "kith/table.h"

enum { EVERY_CALL_SUCCEEDS = -1 };

/** From here on `left` calls succeed, then one fails with a code of SQLite's. */
void statements_fail_after(long left, int code);

/** Every call succeeds again. How many were made meanwhile. */
long statements_succeed(void);

/** The code that was given since statements_fail_after; 0 when none was. */
int statements_failed_with(void);

/** How many statements are neither reset nor ended, in whatever connection is open. */
int statements_busy(void);

/** Keeps a hub's files as they are, and puts them back; nobody has the hub open then. */
void statements_keep_files(const char *hub);
void statements_put_files_back(void);
void statements_drop_files(void);

/** What is tried. */
typedef struct statements_act {
    const char *name;
    kith_status (*act)(kith_table *table, kith_error *err);
} statements_act;

/**
 * Lets calls of an act fail, one in each try, and asks of each failure: it is told, with a remedy and the
 * status that belongs to it; no statement is left under way; the hub is as it was. Where all went well
 * nevertheless, the answer and the hub are what they are without a failure.
 *
 * Some calls, each with one of the codes; with KITH_EVERY_CALL in the environment, each with each.
 *
 * reset  puts the hub back as it was before the act, and opens it.
 * state  adds what the hub holds to the table.
 */
void statements_fail_each(const statements_act *tried, void (*reset)(void),
                          kith_status (*state)(kith_table *table, kith_error *err));

/** The same of an act whose change is whole before it ends: a later failure leaves it. */
void statements_fail_each_step(const statements_act *tried, void (*reset)(void),
                               kith_status (*state)(kith_table *table, kith_error *err));

#endif
