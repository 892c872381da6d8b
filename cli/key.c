/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key.c: `kith key`, who can open a hub: key files made, users' keys added and revoked. */
#include <string.h>

#include "commands.h"
#include "hub.h"

static kith_status new_file(kith_call *call, const char *path, kith_error *err)
{
    const kith_status status = kith_key_file_create(path, err);

    if (status == KITH_OK)
        call_say(call, "%s is a new key: keep it apart from the hub, and a copy in another place", path);
    return status;
}

static kith_status open_ring(kith_keyring **ring, kith_call *call, kith_error *err)
{
    kith_secret *secret;
    kith_status status = hub_secret(&secret, hub_key_file(call), "Your passphrase: ", false, err);

    if (status == KITH_OK)
        status = kith_keyring_open(ring, call->hub, secret, err);
    kith_secret_free(secret);
    return status;
}

static kith_status add(kith_keyring *ring, kith_call *call, const char *user, kith_error *err)
{
    kith_secret *secret;
    kith_status status = hub_secret(&secret, call_text(call, "new-key-file"),
                                    "New user's passphrase: ", true, err);

    if (status == KITH_OK)
        status = kith_keyring_add(ring, user, secret, err);
    kith_secret_free(secret);
    return status;
}

static kith_status change_ring(kith_call *call, bool adds, const char *user, kith_error *err)
{
    kith_keyring *ring = NULL;
    kith_status status = open_ring(&ring, call, err);

    if (status == KITH_OK)
        status = adds ? add(ring, call, user, err) : kith_keyring_revoke(ring, user, err);
    if (status == KITH_OK)
        status = kith_keyring_save(ring, call->hub, err);
    if (status == KITH_OK)
        call_say(call, "the key of %s is %s", user, adds ? "added" : "revoked");
    kith_keyring_free(ring);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const char *verb = call->operands[0], *operand = call->operands[1];

    if (strcmp(verb, "new") == 0)
        return new_file(call, operand, err);
    if (strcmp(verb, "add") == 0)
        return change_ring(call, true, operand, err);
    if (strcmp(verb, "revoke") == 0)
        return change_ring(call, false, operand, err);
    return kith_fail(err, KITH_USAGE, "key does not know \"%s\"; it takes new FILE, add USER or revoke USER",
                     verb);
}

static const option_row options[] = {
    { "new-key-file", OPTION_TEXT, .unit = "FILE", .help = "add: the new user's key file; else a passphrase" },
    OPTION_END
};

const kith_command command_key = {
    .name = "key",
    .summary = "makes key files; adds and revokes the keys that open a hub",
    .operands = "new FILE | add USER | revoke USER",
    .least = 2,
    .most = 2,
    .hub = HUB_NONE,
    .options = options,
    .about = "Each user has a key of their own; the one that opens the hub names the user. Adding and\n"
             "revoking change FILE.keys beside the hub, never the hub. The last key cannot be revoked.",
    .example = "kith key new chair.key\n"
               "kith key add chair --hub town.kith --key-file analyst.key --new-key-file chair.key\n"
               "kith key revoke chair --hub town.kith --key-file analyst.key",
    .run = run,
};
