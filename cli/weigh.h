/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.h: what `weigh` and `explain share` have in common. */
#ifndef KITH_CLI_WEIGH_H
#define KITH_CLI_WEIGH_H

#include "command.h"
#include "kith/contexts.h"

/**
 * Reads and weighs the contexts of a subject.
 *
 * All items up to as-of count, because their half-lives fade them; only a window that
 * the user gave cuts. The facts say which. Free both, also after a failure.
 */
kith_status weigh_subject(kith_contexts *contexts, kith_weigh *weigh, kith_table *table,
                          const kith_call *call, const char *id, kith_error *err);

#endif
