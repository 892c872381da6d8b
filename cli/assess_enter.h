/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess_enter.h: a form filled in question by question. */
#ifndef KITH_CLI_ASSESS_ENTER_H
#define KITH_CLI_ASSESS_ENTER_H

#include "command.h"

/** Asks on standard error, reads lines of standard input, and stores the form when it is confirmed. */
kith_status assess_enter(kith_call *call, kith_error *err);

#endif
