/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init.c: `kith init`, a new hub file and its first key. */
#include "commands.h"
#include "hub.h"

static kith_status run(kith_call *call, kith_error *err)
{
    kith_secret *secret = NULL;
    kith_keyring *ring = NULL;
    kith_status status = KITH_OK;
    const bool plain = call_flag(call, "plain");

    if (plain && call_given(call, "key-file"))
        return kith_fail(err, KITH_USAGE, "--plain makes an open hub; a key file has no place in it");
    if (!plain)
        status = hub_secret(&secret, hub_key_file(call), "New passphrase: ", true, err);
    if (status == KITH_OK && !plain)
        status = kith_keyring_create(&ring, call_text(call, "user"), secret, err);
    if (status == KITH_OK)
        status = kith_store_create(call->hub, ring, err);
    if (status == KITH_OK && plain)
        call_say(call, "%s is an open hub: for synthetic data only", call->hub);
    else if (status == KITH_OK)
        call_say(call, "%s and %s.keys are made; keep a copy of the key in another place", call->hub,
                 call->hub);
    kith_keyring_free(ring);
    kith_secret_free(secret);
    return status;
}

static const option_row options[] = {
    { "plain", OPTION_FLAG, .help = "an open hub without a key, for synthetic data" },
    { "user", OPTION_TEXT, .unit = "NAME", .initial = "owner", .help = "whose key it is; the audit names it" },
    OPTION_END
};

const kith_command command_init = {
    .name = "init",
    .summary = "makes a new hub file",
    .operands = "",
    .hub = HUB_NONE,
    .options = options,
    .about = "The hub is encrypted with a random key that nobody sees; FILE.keys beside it holds that\n"
             "key, wrapped by your key file or passphrase. Without --key-file or KITH_KEY_FILE a\n"
             "passphrase is asked for on the terminal. An existing file is never overwritten.",
    .example = "kith key new analyst.key\n"
               "kith init --hub town.kith --key-file analyst.key\n"
               "kith init --hub sample.kith --plain",
    .run = run,
};
