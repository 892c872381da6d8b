/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key.c: `kith key`, who can open a hub: key files made, users' keys added, revoked and rotated. */
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/audit.h"
#include "seal.h"

static kith_status new_file(kith_call *call, const char *path, kith_error *err)
{
    const kith_status status = kith_key_file_create(path, err);

    if (status == KITH_OK)
        call_say(call, "%s is a new key: keep it apart from the hub, and a copy in another place", path);
    return status;
}

typedef enum change { ADDED, REVOKED, ROTATED, CHANGES } change;

static const char *const change_verb[CHANGES] = { "add", "revoke", "rotate" };
static const char *const change_done[CHANGES] = { "added", "revoked", "rotated: the old one opens nothing" };

/* The keys are a file of their own: their entry in the audit log stands before they change. */
static kith_status log_change(kith_call *call, const char *user, kith_error *err)
{
    return kith_audit_add(call->store,
                          &(kith_audit_entry){ .act = KITH_AUDIT_ALTERATION,
                                               .what = call->what.data,
                                               .to = user,
                                               .why = call->view.purpose },
                          err);
}

static kith_status change_ring(kith_keyring *ring, kith_call *call, change which, const char *user,
                               kith_error *err)
{
    kith_secret *secret = NULL;
    kith_status status = KITH_OK;

    if (which == REVOKED)
        return kith_keyring_revoke(ring, user, err);
    if (which == ROTATED && strcmp(user, kith_keyring_user(ring)) != 0)
        return kith_fail(err, KITH_POLICY, "this key is %s's; each user rotates their own, and others' are "
                                           "revoked and added", kith_keyring_user(ring));
    status = hub_secret(&secret, call_text(call, "new-key-file"), "New passphrase: ", true, err);
    if (status == KITH_OK)
        status = which == ADDED ? kith_keyring_add(ring, user, secret, err)
                                : kith_keyring_rotate(ring, secret, err);
    kith_secret_free(secret);
    return status;
}

static kith_status change_keys(kith_call *call, change which, const char *user, kith_error *err)
{
    kith_keyring *ring = NULL;
    kith_secret *secret = NULL;
    kith_status status = hub_open_keeping(call, &secret, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = kith_keyring_open(&ring, call->hub, secret, err);
    if (status == KITH_OK)
        status = change_ring(ring, call, which, user, err);
    if (status == KITH_OK)
        status = log_change(call, user, err);
    if (status == KITH_OK)
        status = kith_keyring_save(ring, call->hub, err);
    if (status == KITH_OK)
        call_say(call, "the key of %s is %s", user, change_done[which]);
    kith_keyring_free(ring);
    kith_secret_free(secret);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const char *verb = call->operands[0], *operand = call->operands[1];

    if (strcmp(verb, "new") == 0)
        return new_file(call, operand, err);
    if (strcmp(verb, "public") == 0)
        return seal_public(call, operand, err);
    if (strcmp(verb, "unseal") == 0)
        return seal_open(call, operand, err);
    for (int which = 0; which < CHANGES; which++)
        if (strcmp(verb, change_verb[which]) == 0)
            return change_keys(call, (change)which, operand, err);
    return kith_fail(err, KITH_USAGE, "key does not know \"%s\"; it takes new FILE, public FILE, unseal FILE, "
                                      "add USER, revoke USER or rotate USER", verb);
}

static const option_row options[] = {
    { "new-key-file", OPTION_TEXT, .unit = "FILE", .help = "add, rotate: the new key file; else a passphrase" },
    OPTION_END
};

const kith_command command_key = {
    .name = "key",
    .summary = "makes key files; adds, revokes and rotates the keys that open a hub; opens sealed files",
    .operands = "new FILE | public FILE | unseal FILE | add USER | revoke USER | rotate USER",
    .least = 2,
    .most = 2,
    .hub = HUB_NONE,
    .options = options,
    .about = "Each user has a key of their own; the one that opens the hub names the user. Adding,\n"
             "revoking and rotating (your own, for a new one) change FILE.keys beside the hub, never the\n"
             "hub, and are in the audit log. The last key cannot be revoked.\n"
             "public prints the public key of a key file, to be handed out: what is sealed to it\n"
             "(--seal-to of map and export) opens with the key file alone, by unseal.",
    .example = "kith key new chair.key\n"
               "kith key add chair --hub town.kith --key-file analyst.key --new-key-file chair.key\n"
               "kith key revoke chair --hub town.kith --key-file analyst.key\n"
               "kith key rotate owner --hub town.kith --key-file analyst.key --new-key-file next.key\n"
               "kith key public chair.key -o chair.public\n"
               "kith key unseal girls.html.sealed --key-file chair.key -o girls.html",
    .run = run,
};
