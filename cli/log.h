/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log.h: what the audit log hears of a call. */
#ifndef KITH_CLI_LOG_H
#define KITH_CLI_LOG_H

#include "command.h"

/**
 * Tells the store what the call is, for entries that its change writes; when the hub is only
 * read, writes the entry of the consultation, or of the disclosure for an --audience outside
 * the case team (of a command that discloses, that follows when it is known who is in it).
 *
 * The words are the command's name, its verb, and options that are no free text; records are
 * the operands and options that are ids.
 */
kith_status log_call(kith_call *call, bool reads, kith_error *err);

/**
 * Writes that a change was refused, or that what it was about is not there: whoever tries is on record
 * too. The change is undone by then, and this entry is one of its own. Without memory, or where the
 * log cannot be written, there is none: nothing was done.
 */
void log_refused(kith_call *call, kith_status status);

#endif
