/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact_private.h: what the files of compact graphs share. */
#ifndef KITH_COMPACT_PRIVATE_H
#define KITH_COMPACT_PRIVATE_H

#include "kith/compact.h"

/** Room for so many nodes, with mass 0 and no ties, and halves. KITH_OK or KITH_NO_MEMORY. */
kith_status kith_compact_open(kith_compact *compact, size_t nodes, size_t halves, kith_error *err);

/** Gives back the room for halves that is not needed. */
void kith_compact_fit(kith_compact *compact);

#endif
