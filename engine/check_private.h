/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_private.h: what the files of check share. */
#ifndef KITH_CHECK_PRIVATE_H
#define KITH_CHECK_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "kith/store.h"

enum { CHECK_COLUMNS = 5 };

typedef struct check_finding {
    char *cells[CHECK_COLUMNS]; /* severity, table, id, field, message */
    size_t place;               /* in the order of reading */
} check_finding;

typedef struct check_findings {
    check_finding *list;
    size_t count, room;
    bool failed; /* for want of memory */
} check_findings;

/** Adds a copy; what fails is remembered. */
void check_add(check_findings *findings, const char *const cells[CHECK_COLUMNS]);

/** Adds who is recorded at two places too soon one after the other. */
kith_status check_movement(check_findings *findings, kith_store *store, const kith_view *view,
                           kith_error *err);

#endif
