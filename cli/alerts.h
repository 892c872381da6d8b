/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts.h: the lists of `kith alerts`, for it and for the nightly run. */
#ifndef KITH_CLI_ALERTS_H
#define KITH_CLI_ALERTS_H

#include "command.h"
#include "kith/alerts.h"
#include "kith/text.h"

/**
 * Writes one file a recipient, and one for children without, into a new folder that then takes
 * its place: FOLDER/DAY/schools-S01.csv, FOLDER/DAY/schools.none.csv. The ending is the call's
 * format. A day without alerts has an empty folder, in the place of any before.
 *
 * files  out: how many.
 */
kith_status alerts_write(size_t *files, const kith_call *call, const kith_alerts *alerts,
                         const kith_network *network, const char *folder, kith_error *err);

/**
 * Says which of the kinds asked for are a slip, most likely: Kith does not know them, and no record has
 * them, so nobody would ever hear. Adds nothing to out where there is none.
 */
kith_status alerts_strange_kinds(kith_text *out, const kith_call *call, const kith_alerts_options *options,
                                 kith_error *err);

/** Keeps what was sent, as one change of the hub. */
kith_status alerts_keep(const kith_call *call, const kith_alerts *alerts, const kith_network *network,
                        kith_error *err);

#endif
