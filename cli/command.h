/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h: the command line is a table.
 *
 * A command is a row: its name, what it answers, its options, an example, and the
 * function that runs it. Help, the manual page and the reading of arguments walk the
 * same rows. A command's function finds everything in its call: operands, the options'
 * values (given or initial), the opened hub and the view, and where to print. */
#ifndef KITH_CLI_COMMAND_H
#define KITH_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kith/audience.h"
#include "kith/error.h"
#include "kith/network.h"
#include "kith/progress.h"
#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"
#include "kith/view.h"

typedef enum option_type {
    OPTION_FLAG,
    OPTION_INTEGER,
    OPTION_NUMBER,
    OPTION_TEXT,
    OPTION_DATE,  /* YYYY-MM-DD */
    OPTION_CHOICE /* one of choices, "a|b|c" */
} option_type;

typedef struct option_row {
    const char *name; /* without the dashes */
    option_type type;
    double low, high;    /* OPTION_INTEGER and OPTION_NUMBER: the range, both included */
    const char *initial; /* as it would be typed; NULL: none */
    const char *choices;
    const char *unit; /* what stands for the value in help: DAYS, FILE, ID */
    const char *help;
    char letter; /* short form, 0 for none */
} option_row;

/* Ends a table of options. */
#define OPTION_END { .name = NULL }

enum { DEFAULT_WINDOW_DAYS = 365 }; /* up to as-of */

typedef enum hub_use { HUB_NONE, HUB_READ, HUB_WRITE } hub_use;

typedef struct kith_call kith_call;

typedef struct kith_command {
    const char *name;
    const char *summary;  /* one line, no full stop */
    const char *operands; /* "ID...", "" for none */
    int least, most;      /* operands; most -1: any number */
    hub_use hub;
    int window_days;           /* the default window; 0: DEFAULT_WINDOW_DAYS */
    bool compares;             /* --since is the day to compare with, and sets no window */
    bool own_output;           /* the command itself writes -o FILE (map) */
    bool discloses;            /* it writes the entry of a disclosure, with everybody in it (disclose.h) */
    bool draws;                /* and this one when FILE is a picture (picture.h) */
    const option_row *options; /* the command's own; may be NULL */
    const char *about;         /* paragraphs for --help and the manual page */
    const char *example;       /* command lines, one a line */
    kith_status (*run)(kith_call *call, kith_error *err);
} kith_command;

struct kith_call {
    const kith_command *command;
    char **operands;
    int operand_count;
    kith_store *store; /* open when the command's hub is not HUB_NONE */
    const char *hub;   /* path of the hub file */
    kith_view view;
    FILE *out;          /* standard output, or the new file of -o */
    kith_format format;
    struct kith_member *member; /* whose key opened the store (kith/access.h) */
    kith_policy *policy;
    const kith_audience *audience; /* of the policy: whom the answer is for */
    kith_names names;              /* as asked for, or as the audience has it */
    uint64_t seed;
    bool quiet;
    kith_text what; /* the call as the audit log words it */
    bool answered; /* call_print has printed; -o FILE is kept though the status is not KITH_OK */
    struct option_values *values;
};

/* Every command, in the order of --help; NULL ends it. A command's row stands in its own
 * file (cli/peers.c: command_peers) and is listed in commands.c. */
extern const kith_command *const commands[];
extern const option_row common_options[];

/** The command of that name, or NULL. */
const kith_command *command_named(const char *name);

/* Values of the call's options, common or its own. An option that is in no table is a
 * fault of ours (assert). */
bool call_given(const kith_call *call, const char *name);
bool call_knows(const kith_call *call, const char *name); /* whether it is in a table */
bool call_flag(const kith_call *call, const char *name);
const char *call_text(const kith_call *call, const char *name); /* NULL when not given and no initial */
int64_t call_integer(const kith_call *call, const char *name);
double call_number(const kith_call *call, const char *name);
int32_t call_day(const kith_call *call, const char *name); /* only when given */

/**
 * Splits "a,b,c" in place of an option's value.
 *
 * list  out: NULL-terminated, free with free(); the pieces live inside it; NULL when the option was
 *       not given. count may be NULL.
 * Returns KITH_OK, KITH_USAGE when nothing stands between the commas, KITH_NO_MEMORY.
 */
kith_status call_list(char ***list, size_t *count, const kith_call *call, const char *name,
                      kith_error *err);

/**
 * Prints a table where and how the call asks: rows on call->out; in CSV the facts and
 * notes go to standard error unless --quiet.
 */
kith_status call_print(kith_call *call, const kith_table *table, kith_error *err);

/**
 * Whether an answer may be written at path: the hub, its keys and its log are never written over,
 * nor the tables that are read instead of one.
 *
 * in_place  out: it is a device or the like, which is written as it stands.
 * Returns KITH_OK, KITH_POLICY.
 */
kith_status call_look_at_output(bool *in_place, const kith_call *call, const char *path,
                                kith_error *err);

/** as-of, window and purpose as facts, so that every result says what it is of. */
void call_view_facts(const kith_call *call, kith_table *table);

/**
 * When everything recorded is older than the window, a note that says so and names the
 * date to try; prints it on standard error too, unless --quiet.
 */
void call_note_window(const kith_call *call, const kith_network *network, kith_table *table);

/**
 * Makes the call one for this audience of its policy: view, audience and names, and what its
 * store reads from here on, when it is open; main has done so for --audience.
 *
 * audience  must outlive the call. Returns KITH_USAGE for one that is in no policy, KITH_POLICY
 * when --names asks for more than it may be given.
 */
kith_status call_prepare_for(kith_call *call, const char *audience, kith_error *err);

/**
 * Refuses what is made from counts to an audience that is given none of the small ones (R66).
 *
 * what  begins the sentence, as "--week". Returns KITH_OK, KITH_POLICY.
 */
kith_status call_may_count(const kith_call *call, const char *what, kith_error *err);

/** A message on standard error, unless --quiet. */
void call_say(const kith_call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * A progress line on standard error, at most ten a second, only on a terminal and not
 * with --quiet. total 0: unknown. call_progress_end clears it.
 */
void call_progress(const kith_call *call, const char *what, uint64_t done, uint64_t total);
void call_progress_end(const kith_call *call);

/** From here on progress goes to a descriptor, a line "DONE TOTAL WHAT" each (kith/serve.h). */
void call_progress_on(int descriptor);

/** The same for work inside the engine. The call must outlive it. */
kith_progress call_progress_to(const kith_call *call);

#endif
