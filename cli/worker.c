/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.c: a command whose words and key come from descriptors.
 *
 * `kith serve` execs `kith --worker`: what is asked, of whom, and the key never stand on a command
 * line or in the environment. Before the command runs the process takes from itself what no
 * command needs (kith/serve.h), and it ends when its server does. */
#include "worker.h"

#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "hub.h"
#include "kith/serve.h"

enum { WORDS_MOST = 65536, WORDS_BYTES = 8 << 20 };

/* Everything up to the end; -1 when that is more than room or cannot be read. */
static ssize_t read_all(int descriptor, void *bytes, size_t room)
{
    size_t size = 0;

    while (size < room) {
        const ssize_t step = read(descriptor, (char *)bytes + size, room - size);
        if (step == 0)
            break;
        if (step < 0 && errno != EINTR)
            return -1;
        size += step > 0 ? (size_t)step : 0;
    }
    close(descriptor);
    return size < room ? (ssize_t)size : -1;
}

/* A name, a NUL, and what the user holds: unlocks it, and hands the unlocked bytes to the server first. */
static kith_status sign_in(unsigned char *unlocked, const char *hub, const unsigned char *asked, size_t size,
                           kith_error *err)
{
    const unsigned char *end = memchr(asked + 1, '\0', size - 1);
    kith_secret *secret = NULL;

    if (end == NULL)
        return kith_fail(err, KITH_INTERNAL, "the server sent no name");
    const unsigned char *held = end + 1;
    const size_t held_size = size - (size_t)(held - asked);
    kith_status status = asked[0] == KITH_WORKER_KEY_FILE
                             ? kith_secret_from_bytes(&secret, held, held_size, err)
                             : kith_secret_from_passphrase(&secret, (const char *)held, err);
    if (status == KITH_OK)
        status = kith_secret_unlock(unlocked, hub, (const char *)asked + 1, secret, err);
    kith_secret_free(secret);
    if (status == KITH_OK && write(STDOUT_FILENO, unlocked, KITH_UNLOCKED_SIZE) != KITH_UNLOCKED_SIZE)
        status = kith_fail(err, KITH_IO, "the server does not listen: %s", strerror(errno));
    return status;
}

/* What the key's descriptor says: nothing for an open hub, unlocked bytes, or what was typed. */
static kith_status take_key(const char *hub, kith_error *err)
{
    const size_t room = KITH_KEY_FILE_MAX + 256;
    unsigned char *asked = sodium_malloc(room), *unlocked = sodium_malloc(KITH_UNLOCKED_SIZE);
    kith_status status = asked != NULL && unlocked != NULL ? KITH_OK : kith_no_memory(err);
    const ssize_t size = status == KITH_OK ? read_all(KITH_WORKER_KEY, asked, room - 1) : 0;

    if (status == KITH_OK && size < 1)
        status = kith_fail(err, KITH_USAGE, "--worker is for `kith serve`, which gives it descriptors");
    if (status == KITH_OK)
        asked[size] = '\0';
    if (status == KITH_OK && asked[0] == KITH_WORKER_UNLOCKED && size == 1 + KITH_UNLOCKED_SIZE)
        memcpy(unlocked, asked + 1, KITH_UNLOCKED_SIZE);
    else if (status == KITH_OK && asked[0] != KITH_WORKER_NO_KEY)
        status = sign_in(unlocked, hub, asked, (size_t)size, err);
    if (status == KITH_OK && asked[0] != KITH_WORKER_NO_KEY)
        status = hub_give(unlocked, err);
    sodium_free(asked);
    sodium_free(unlocked);
    return status;
}

/* The words, each with its NUL, as an argument list; the first is the hub's path. */
static kith_status read_words(char ***argv, int *argc, char **bytes, kith_error *err)
{
    *argv = calloc(WORDS_MOST + 2, sizeof **argv);
    *bytes = malloc(WORDS_BYTES);
    if (*argv == NULL || *bytes == NULL)
        return kith_no_memory(err);
    const ssize_t size = read_all(KITH_WORKER_WORDS, *bytes, WORDS_BYTES);
    if (size <= 0 || (*bytes)[size - 1] != '\0')
        return kith_fail(err, KITH_USAGE, "--worker is for `kith serve`, which gives it descriptors");
    for (const char *at = *bytes; at < *bytes + size; at += strlen(at) + 1) {
        if (*argc == WORDS_MOST)
            return kith_fail(err, KITH_USAGE, "more than %d words", WORDS_MOST);
        (*argv)[(*argc)++] = (char *)at;
    }
    return KITH_OK;
}

/* It may have been killed before this process asked to end with it. */
static bool server_is_gone(void)
{
    struct pollfd end = { KITH_WORKER_PROGRESS, 0, 0 };

    return poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0;
}

kith_status worker_run(kith_status (*dispatch)(int argc, char **argv, kith_error *err), kith_error *err)
{
    char **argv = NULL, *bytes = NULL;
    int argc = 0;

    kith_status status = read_words(&argv, &argc, &bytes, err);
    if (status == KITH_OK)
        status = kith_worker_confine(argv[0], err);
    if (status == KITH_OK && server_is_gone())
        status = kith_fail(err, KITH_IO, "the server is gone");
    if (status == KITH_OK)
        status = take_key(argv[0], err);
    if (status == KITH_OK) {
        setenv("KITH_HUB", argv[0], 1);
        call_progress_on(KITH_WORKER_PROGRESS);
        argv[0] = (char *)"kith";
        status = dispatch(argc, argv, err);
    }
    free(bytes);
    free(argv);
    return status;
}
