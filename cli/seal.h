/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seal.h: files that leave the hub for one recipient. */
#ifndef KITH_CLI_SEAL_H
#define KITH_CLI_SEAL_H

#include "command.h"

/* Of commands that write files of their own. */
#define SEAL_OPTION \
    { "seal-to", OPTION_TEXT, .unit = "PUBLICKEYFILE", .help = "seal the file to a recipient, who alone can open it" }

/** Whether an answer's file is standard output: "-.svg" says its form and no name. */
bool file_is_standard(const char *path);

/** kith_file_replace, or standard output. */
kith_status file_put(const char *path, const char *bytes, size_t size, kith_error *err);

/**
 * Puts the bytes in the place of the file; with --seal-to sealed, in the place of
 * PATH.sealed.
 */
kith_status seal_replace(const kith_call *call, const char *path, const char *bytes, size_t size,
                         kith_error *err);

/** `kith key public KEYFILE`: prints the public key. */
kith_status seal_public(kith_call *call, const char *path, kith_error *err);

/** `kith key unseal FILE`: prints what was sealed to the key of --key-file. */
kith_status seal_open(kith_call *call, const char *path, kith_error *err);

#endif
