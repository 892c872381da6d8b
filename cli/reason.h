/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reason.h: why somebody decided something, in their own words. */
#ifndef KITH_CLI_REASON_H
#define KITH_CLI_REASON_H

#include "kith/error.h"

enum { REASON_SIZE = 4000 }; /* bytes, at most; what is one longer is handed on, to be refused */

/**
 * Asks for it on one line of the terminal, or reads all of standard input without the line ends
 * after it: it stands on no command line.
 *
 * Returns KITH_USAGE for a byte 0.
 */
kith_status reason_read(char reason[REASON_SIZE + 2], const char *prompt, kith_error *err);

#endif
