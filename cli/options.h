/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: reading the command line by the tables. */
#ifndef KITH_CLI_OPTIONS_H
#define KITH_CLI_OPTIONS_H

#include "command.h"

typedef struct option_values {
    const option_row **rows; /* common rows, then the command's */
    const char **texts;      /* as typed; NULL when not given */
    size_t count;
} option_values;

/**
 * Reads the arguments after the command's name.
 *
 * values  out: free with options_free. Operands are moved to the front of argv and
 *         counted. A value outside its range, an unknown option and a missing value
 *         are KITH_USAGE, with the remedy.
 */
kith_status options_read(option_values *values, const kith_command *command, int argc, char **argv,
                         int *operand_count, kith_error *err);
void options_free(option_values *values);

/** Prints `kith --help`. */
void help_overview(FILE *out);

/** Prints `kith COMMAND --help`. */
void help_command(FILE *out, const kith_command *command);

/** Prints the manual page kith(1), in man's own language. */
void help_manual(FILE *out);

#endif
