/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.h: finding the hub and its key. */
#ifndef KITH_CLI_HUB_H
#define KITH_CLI_HUB_H

#include "command.h"
#include "kith/key.h"

/** --hub, else KITH_HUB, else ./hub.kith. */
const char *hub_path(const kith_call *call);

/**
 * Opens the call's hub with the key that it finds, for what its command needs, and has it keep
 * to what the user may do and see, and to what the call's audience may be given (kith/access.h).
 */
kith_status hub_open(kith_call *call, kith_access access_mode, kith_error *err);

/* For a command that only reads, and may read tables that are in no hub. */
#define TABLES_OPTION                                                                              \
    { "tables", OPTION_TEXT, .unit = "FOLDER",                                                     \
      .help = "reads and checks the tables of a folder for this call, instead of a hub; keeps nothing" }

/** The same, for a command that opens a copy with the same key; secret is its own to free. */
kith_status hub_open_keeping(kith_call *call, kith_secret **secret, kith_access access_mode,
                             kith_error *err);

/** The call's secret for a hub, which may be another than the call's; NULL for an open one. */
kith_status hub_secret_of(kith_secret **secret, const kith_call *call, const char *hub, kith_error *err);

/**
 * The secret of a key file, or of a passphrase asked for on the terminal.
 *
 * path   a key file, or NULL to ask.
 * twice  ask twice and refuse when the two differ.
 */
kith_status hub_secret(kith_secret **secret, const char *path, const char *prompt, bool twice,
                       kith_error *err);

/** From here on every hub is opened with these unlocked bytes (kith/key.h); they are wiped. */
kith_status hub_give(unsigned char *unlocked, kith_error *err);

/** Whether a keys file lies beside a hub: without one it is open. */
bool hub_has_keys(const char *hub);

/** --key-file, else KITH_KEY_FILE, else NULL. */
const char *hub_key_file(const kith_call *call);

#endif
