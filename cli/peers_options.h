/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_options.h: the options that say how peer groups are found, of every command that finds
 * some. */
#ifndef KITH_CLI_PEERS_OPTIONS_H
#define KITH_CLI_PEERS_OPTIONS_H

#include "command.h"
#include "kith/peers.h"

#define PEERS_OPTIONS                                                                              \
    { "objective", OPTION_CHOICE, .choices = "cpm|modularity", .initial = "cpm",                   \
      .help = "what makes a group: denser than the resolution; or denser than chance" },           \
    { "resolution", OPTION_NUMBER, .low = 1e-9, .high = 1e9, .unit = "X",                          \
      .help = "higher gives smaller groups (cpm 0.02, modularity 1)" },                            \
    { "smallest", OPTION_INTEGER, .low = 1, .high = 1000000, .unit = "N",                          \
      .help = "members of the smallest group that is listed (3; with --raw 2)" }

/** What was chosen, with the call's seed and no resamples. */
kith_peers_options peers_options_read(const kith_call *call, bool raw);

#endif
