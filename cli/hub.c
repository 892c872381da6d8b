/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.c: which file, and with which key.
 *
 * A passphrase is typed on the terminal only (/dev/tty), never an argument and never
 * an environment variable; it is wiped as soon as the secret is made. Nothing is asked
 * for a hub without a keys file beside it, which is an open one; but a key that is given
 * is used, so that an open hub in the place of an encrypted one is found out. */
#include "hub.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "kith/access.h"
#include "kith/audit.h"
#include "kith/import.h"
#include "kith/text.h"
#include "log.h"
#include "options.h"

enum { PASSPHRASE_SIZE = 1024, NEW_PASSPHRASE_CHARACTERS = 15 };

const char *hub_path(const kith_call *call)
{
    const char *path = call_text(call, "hub");

    if (path == NULL)
        path = getenv("KITH_HUB");
    return path != NULL && *path != '\0' ? path : "hub.kith";
}

const char *hub_key_file(const kith_call *call)
{
    const char *path = call_text(call, "key-file");

    if (path == NULL)
        path = getenv("KITH_KEY_FILE");
    return path != NULL && *path != '\0' ? path : NULL;
}

/* One line from the terminal, not echoed. Its size, which may be more than there is room for, or -1 at the end of input. */
static long read_hidden(int terminal, const char *prompt, char line[PASSPHRASE_SIZE])
{
    struct termios shown, hidden;
    size_t size = 0;
    char c = 0;

    const bool echoes = tcgetattr(terminal, &shown) == 0;
    if (echoes) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(terminal, TCSAFLUSH, &hidden);
    }
    if (write(terminal, prompt, strlen(prompt)) < 0)
        size = 0;
    while (read(terminal, &c, 1) == 1 && c != '\n')
        if (++size < PASSPHRASE_SIZE)
            line[size - 1] = c;
    line[size < PASSPHRASE_SIZE ? size : PASSPHRASE_SIZE - 1] = '\0';
    if (echoes) {
        tcsetattr(terminal, TCSAFLUSH, &shown);
        if (write(terminal, "\n", 1) < 0)
            size = 0;
    }
    return c == '\n' ? (long)size : -1;
}

/* Whoever has the files may try as many as they like: what is new is long, of any characters. */
static kith_status check_new(const char *passphrase, kith_error *err)
{
    size_t characters = 0;

    for (const char *at = passphrase; *at != '\0'; at++)
        characters += ((unsigned char)*at & 0xC0) != 0x80;
    if (characters < NEW_PASSPHRASE_CHARACTERS)
        return kith_fail(err, KITH_HUB, "the passphrase has %zu characters; at least %d are needed, as of four words "
                                        "that nobody would say together", characters, NEW_PASSPHRASE_CHARACTERS);
    return KITH_OK;
}

static kith_status ask(kith_secret **secret, const char *prompt, bool twice, kith_error *err)
{
    char first[PASSPHRASE_SIZE], second[PASSPHRASE_SIZE];
    kith_status status = KITH_OK;
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);

    if (terminal < 0)
        return kith_fail(err, KITH_HUB,
                         "no key was given and there is no terminal to ask for a passphrase; "
                         "give --key-file FILE or set KITH_KEY_FILE");
    const long size = read_hidden(terminal, prompt, first);
    if (size < 0)
        status = kith_fail(err, KITH_HUB, "no passphrase was typed");
    else if (size >= PASSPHRASE_SIZE)
        status = kith_fail(err, KITH_HUB, "the passphrase is longer than %d bytes; take a shorter one", PASSPHRASE_SIZE - 1);
    else if (twice)
        status = check_new(first, err);
    if (status == KITH_OK && twice &&
        (read_hidden(terminal, "The same again: ", second) < 0 || strcmp(first, second) != 0))
        status = kith_fail(err, KITH_HUB, "the two passphrases differ; nothing was done");
    if (status == KITH_OK)
        status = kith_secret_from_passphrase(secret, first, err);
    sodium_memzero(first, sizeof first);
    sodium_memzero(second, sizeof second);
    close(terminal);
    return status;
}

kith_status hub_secret(kith_secret **secret, const char *path, const char *prompt, bool twice,
                       kith_error *err)
{
    *secret = NULL;
    return path != NULL ? kith_secret_from_file(secret, path, err) : ask(secret, prompt, twice, err);
}

bool hub_has_keys(const char *hub)
{
    kith_text path = { 0 };

    kith_text_format(&path, "%s.keys", hub);
    const bool there = !path.failed && access(path.data, F_OK) == 0;
    kith_text_free(&path);
    return there;
}

/* The policy that the hub keeps holds for everybody; a file is for hubs that keep none. */
static kith_status take_policy(kith_call *call, kith_error *err)
{
    kith_text kept = { 0 };
    kith_policy *policy = NULL;
    kith_status status = kith_policy_kept(&kept, call->store, err);

    if (status == KITH_OK && kept.size > 0 && call_given(call, "policy"))
        status = kith_fail(err, KITH_POLICY, "the hub keeps a policy of its own, and no other holds; leave out "
                                             "--policy, or have a steward keep another (kith user policy)");
    else if (status == KITH_OK && kept.size > 0)
        status = kith_policy_read(&policy, NULL, kith_text_string(&kept), err);
    if (policy != NULL) {
        kith_policy_free(call->policy);
        call->policy = policy;
    }
    kith_text_free(&kept);
    return status;
}

/* What follows the command and the options that are given, as the table of operations names
 * them; NULL ends the list. Free it. */
static const char **words_of(const kith_call *call)
{
    const option_values *values = call->values;
    size_t size = (values->count + 2) * sizeof(char *), count = 0;

    for (size_t i = 0; i < values->count; i++)
        size += strlen(values->rows[i]->name) + 3;
    const char **words = malloc(size);
    if (words == NULL)
        return NULL;
    char *text = (char *)(words + values->count + 2);
    if (call->operand_count > 0)
        words[count++] = call->operands[0];
    for (size_t i = 0; i < values->count; i++) {
        if (values->texts[i] == NULL)
            continue;
        words[count++] = text;
        text += 1 + sprintf(text, "--%s", values->rows[i]->name);
    }
    words[count] = NULL;
    return words;
}

/* Need to know: from here on the store reads what the user and the audience may see. */
static kith_status enter(kith_call *call, kith_error *err)
{
    const char **words = words_of(call);
    kith_status status = words != NULL ? take_policy(call, err) : kith_no_memory(err);

    if (status == KITH_OK)
        status = kith_member_read(&call->member, call->store, call->policy, err);
    if (status == KITH_OK)
        status = kith_member_may(call->member, call->command->name, words, err);
    if (status == KITH_OK)
        status = call_prepare_for(call, call_given(call, "audience") ? call->view.audience
                                        : kith_member_audience(call->member, call->view.audience), err);
    free(words);
    return status;
}

static unsigned char *given; /* guarded; NULL: the call finds its own key */

kith_status hub_give(unsigned char *unlocked, kith_error *err)
{
    given = sodium_malloc(KITH_UNLOCKED_SIZE);
    if (given == NULL)
        return kith_no_memory(err);
    memcpy(given, unlocked, KITH_UNLOCKED_SIZE);
    sodium_memzero(unlocked, KITH_UNLOCKED_SIZE);
    return KITH_OK;
}

kith_status hub_secret_of(kith_secret **secret, const kith_call *call, const char *hub, kith_error *err)
{
    const char *key_file = hub_key_file(call);

    *secret = NULL;
    if (given != NULL)
        return kith_secret_from_unlocked(secret, given, err);
    return key_file != NULL || hub_has_keys(hub) ? hub_secret(secret, key_file, "Passphrase: ", false, err)
                                             : KITH_OK;
}

kith_status hub_open_keeping(kith_call *call, kith_secret **secret, kith_access access_mode,
                             kith_error *err)
{
    kith_status status = hub_secret_of(secret, call, call->hub, err);

    if (status == KITH_OK)
        status = kith_store_open(&call->store, call->hub, *secret, access_mode, err);
    if (status != KITH_OK)
        return status;
    call->view.user = kith_store_user(call->store);
    if (kith_audit_noticed(call->store) != NULL)
        fprintf(stderr, "kith: %s: %s; `kith audit --verify` tells more\n", call->hub,
                kith_audit_noticed(call->store));
    status = log_call(call, access_mode == KITH_READ_ONLY, err);
    return status == KITH_OK ? enter(call, err) : status;
}

static void show_progress(void *context, const char *file, uint64_t rows, uint64_t bytes_done,
                          uint64_t bytes_total)
{
    const char *slash = strrchr(file, '/');

    (void)rows;
    call_progress(context, slash != NULL ? slash + 1 : file, bytes_done, bytes_total);
}

/* Loads them as `kith import` does; its report goes beside the messages, and always when they are refused. */
static kith_status load_tables(kith_call *call, const char *path, kith_error *err)
{
    const kith_import_options options = { .progress = show_progress, .context = call };
    kith_import_report report;

    kith_status status = kith_import(&report, call->store, &call->view, &path, 1, &options, err);
    call_progress_end(call);
    if (kith_table_rows(&report.table) > 0 && (status == KITH_INPUT || (status == KITH_OK && !call->quiet)))
        kith_table_write(stderr, stderr, &report.table, call->format, NULL);
    kith_import_report_free(&report);
    return status;
}

static kith_status open_and_load(kith_call *call, const char *path, bool for_networks, kith_error *err)
{
    const kith_status status = kith_store_open_memory(&call->store, for_networks, err);

    if (status != KITH_OK)
        return status;
    call->view.user = kith_store_user(call->store);
    return load_tables(call, path, err);
}

static kith_status open_tables(kith_call *call, const char *path, kith_access access_mode, kith_error *err)
{
    if (call_given(call, "hub") || call_given(call, "key-file"))
        return kith_fail(err, KITH_USAGE, "--tables reads no hub; leave out --hub and --key-file, or --tables");
    if (access_mode != KITH_READ_ONLY)
        return kith_fail(err, KITH_USAGE, "nothing of --tables is kept; load them into a hub (kith import) and ask that");
    kith_status status = open_and_load(call, path, call_knows(call, "brief") && call_flag(call, "brief"), err);
    if (kith_store_wants_tables(call->store)) { /* a record that comes twice, or is contested */
        kith_store_close(call->store);
        status = open_and_load(call, path, false, err);
    }
    return status == KITH_OK ? enter(call, err) : status;
}

kith_status hub_open(kith_call *call, kith_access access_mode, kith_error *err)
{
    const char *tables = call_knows(call, "tables") ? call_text(call, "tables") : NULL;
    kith_secret *secret = NULL;

    if (tables != NULL)
        return open_tables(call, tables, access_mode, err);
    const kith_status status = hub_open_keeping(call, &secret, access_mode, err);

    kith_secret_free(secret);
    return status;
}
