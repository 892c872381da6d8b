/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_options.h: the options by which measures, peers, path and map choose a layer. */
#ifndef KITH_CLI_LAYER_OPTIONS_H
#define KITH_CLI_LAYER_OPTIONS_H

#include "command.h"
#include "kith/bare.h"

/* Rows for a command's table of options: by which rules people are tied; the initial values
 * are the command's own. */
#define LAYER_RULES LAYER_RULES_WHO("children")
#define LAYER_RULES_WHO(initial_who)                                                               \
    { "kinds", OPTION_TEXT, .unit = "A,B", .help = "only these kinds of links and events" },       \
    { "roles", OPTION_TEXT, .unit = "A,B", .help = "only participations in these roles" },         \
    { "who", OPTION_CHOICE, .choices = "children|adults|all", .initial = initial_who,              \
      .help = "whose inferred ties" },                                                             \
    { "raw", OPTION_FLAG, .help = "as published: all dates, weights as given, no rules of role or age" }, \
    { "unweighted", OPTION_FLAG, .help = "--raw with every tie 1" },                               \
    { "size-cap", OPTION_INTEGER, .low = 2, .high = 100000, .initial = "12", .unit = "N",          \
      .help = "events of more people tie nobody" }

/* For a command whose ties may be held against other programs'. */
#define LAYER_EVERY                                                                                \
    { "every", OPTION_FLAG,                                                                        \
      .help = "every kind of event and every role ties, against the rules: to compare programs" }

/* The rules with the choice of a layer. */
#define LAYER_OPTIONS(initial_layer) LAYER_OPTIONS_WHO(initial_layer, "children")
#define LAYER_OPTIONS_WHO(initial_layer, initial_who)                                              \
    { "layer", OPTION_CHOICE, .choices = "links|together|presence|events|all",                     \
      .initial = initial_layer, .help = "which network: declared links; inferred ties; people and places; people and events; everything" }, \
    LAYER_RULES_WHO(initial_who),                                                                  \
    { "no-isolates", OPTION_FLAG, .help = "leave out whoever has no tie" }

/**
 * Reads them, and makes the call's view one of all dates for --raw and --unweighted.
 *
 * options  out: valid until layer_options_free.
 */
typedef struct layer_lists {
    char **kinds, **roles;
    bool *expired;
} layer_lists;

/* layer_rules_read is for a command that has LAYER_RULES only: the layer is together. */
kith_status layer_rules_read(kith_layer_options *options, layer_lists *lists, kith_call *call,
                             kith_error *err);
kith_status layer_options_read(kith_layer_options *options, layer_lists *lists, kith_call *call,
                               kith_error *err);
void layer_options_free(layer_lists *lists);

/**
 * Has a layer of the network leave out people whose links and events have all expired before the window
 * (R61): nobody is listed, drawn or exported for what is over. With --raw nobody is left out.
 */
kith_status layer_options_leave_expired(kith_layer_options *options, layer_lists *lists, const kith_call *call,
                                        const kith_network *network, kith_error *err);

/** What was chosen, as facts of the result. */
void layer_options_facts(const kith_layer_options *options, const kith_call *call, kith_table *table);

/** Names the chosen kinds and roles that nothing in the network has: a slip of the pen otherwise
 * reads as "nothing happened". */
void layer_options_notes(const kith_layer_options *options, const kith_network *network,
                         kith_table *table);

/** The layer that a call chose, with the network that it is seen in. Starts as { 0 }. */
typedef struct layer_call {
    kith_layer_options options;
    layer_lists lists;
    kith_network network;
    kith_layer layer;
} layer_call;

/**
 * Reads the options, builds network and layer, and tells the table what was chosen.
 *
 * opened  out: free with layer_call_close, whatever is returned.
 */
kith_status layer_call_open(layer_call *opened, kith_call *call, kith_table *table,
                            kith_error *err);

/** The same without people whose links and events have all expired, and with a note of how many they are. */
kith_status layer_call_open_present(layer_call *opened, kith_call *call, kith_table *table,
                                    kith_error *err);

/** The same with a bare layer (bare.h). Whether a kind or role is recorded is not known. */
kith_status layer_call_open_bare(layer_call *opened, kith_call *call, kith_table *table,
                                 kith_error *err);

/** The same, and what is asked of events in between (kith_bare_read_events); its context is the call. */
kith_status layer_call_open_events(layer_call *opened, kith_call *call, kith_table *table,
                                   kith_bare_ask *ask, kith_error *err);
void layer_call_close(layer_call *opened);

#endif
