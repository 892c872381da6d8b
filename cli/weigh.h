/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.h: what `weigh` and `explain share` have in common. */
#ifndef KITH_CLI_WEIGH_H
#define KITH_CLI_WEIGH_H

#include "command.h"
#include "kith/evidence.h"
#include "kith/settings.h"

/* Rows for a command's table of options: with which figures, and on which evidence. */
#define WEIGH_OPTIONS                                                                              \
    { "settings", OPTION_TEXT, .unit = "FILE",                                                     \
      .help = "other figures than the defaults (`kith policy --default-settings`)" },              \
    { "entered-only", OPTION_FLAG,                                                                 \
      .help = "only what practitioners entered about the subject itself" },                        \
    { "rules", OPTION_TEXT, .unit = "FILE",                                                        \
      .help = "another table of what flows in from other records" }

/* A weighting with all that it rests on. Starts as { 0 }; not to be moved. */
typedef struct weigh_call {
    kith_settings settings;
    kith_rules rules;
    bool entered_only;
    bool history; /* the window says which days are shown, and cuts nothing */
    kith_view view;
    kith_subject subject;
    kith_contexts contexts;
    kith_weigh weigh;
    bool mixed;         /* other records are weighed too */
    kith_weigh entered; /* if so: on what was entered alone */
} weigh_call;

/**
 * Reads settings and rules as the call says.
 *
 * All items up to as-of count, because their half-lives fade them; only a window that
 * the user gave cuts. Free with weigh_call_close, also after a failure.
 */
kith_status weigh_call_open(weigh_call *opened, const kith_call *call, kith_error *err);

/** Finds the subject that ids name; its people as on as-of, the cohort of a place in the window. */
kith_status weigh_call_find(weigh_call *opened, const kith_call *call, char *const *ids,
                            size_t count, kith_error *err);

/** Reads and weighs the contexts of the subject, and tells the table of what and how. */
kith_status weigh_call_run(weigh_call *opened, const kith_call *call, const char *called,
                           kith_table *table, kith_error *err);
void weigh_call_close(weigh_call *opened);

#endif
