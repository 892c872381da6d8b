/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players.h: what `players` and `explain players` have in common. */
#ifndef KITH_CLI_PLAYERS_H
#define KITH_CLI_PLAYERS_H

#include "kith/players.h"
#include "layer_options.h"

/* Rows for a command's table of options: what is asked, and who is tied to whom. */
#define PLAYERS_OPTIONS                                                                            \
    { "aim", OPTION_CHOICE, .choices = "fragment|split|reach|contact", .initial = "fragment",      \
      .help = "the set taken away: others farthest apart, or in most pieces; the set kept: "       \
              "nearest to all, or tied to most" },                                                 \
    { "ties", OPTION_CHOICE, .choices = "together|links|both", .initial = "together",              \
      .help = "alleged in one event; declared links; either" }

/* The people asked about, with those named in the call. Starts as { 0 }. */
typedef struct players_call {
    layer_lists lists;
    kith_layer_options options;
    kith_network network;
    kith_layer layer;
    kith_suspects suspects;
    uint32_t *given; /* nodes, ascending */
    size_t given_count;
} players_call;

kith_aim players_call_aim(const kith_call *call);

/** Declines to ask it of children: KITH_POLICY with the reason for any --who but adults. */
kith_status players_call_refuse_children(const kith_call *call, kith_error *err);

/**
 * Finds the adults alleged to harm, by the call's options, and those named by ids among them. Tells
 * the table of what and when.
 *
 * Returns KITH_POLICY for a name of somebody who is, or may be, a child; KITH_USAGE for one named
 * twice. Free with players_call_close, also after a failure.
 */
kith_status players_call_open(players_call *opened, kith_call *call, char *const *ids, size_t count,
                              kith_table *table, kith_error *err);
void players_call_close(players_call *opened);

#endif
