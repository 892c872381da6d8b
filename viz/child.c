/* SPDX-License-Identifier: GPL-3.0-or-later */
/* child.c: input and both outputs through sockets, served by one poll loop.
 *
 * Neither side can wait for the other for ever; a write to a child that has ended raises no
 * SIGPIPE; and because a socket is made closed-on-exec in one step, programs that other
 * threads start at the same moment do not inherit it. */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { IN, OUT, ERR, STREAMS };

typedef struct child {
    pid_t pid;
    int ours[STREAMS]; /* -1 when closed */
    int theirs[STREAMS];
} child;

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void close_all(child *c)
{
    for (int i = 0; i < STREAMS; i++) {
        close_end(&c->ours[i]);
        close_end(&c->theirs[i]);
    }
}

static bool open_ends(child *c)
{
    int pair[2];

    for (int i = 0; i < STREAMS; i++) {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            return false;
        c->ours[i] = pair[0];
        c->theirs[i] = pair[1];
        if (fcntl(pair[0], F_SETFL, O_NONBLOCK) != 0)
            return false;
    }
    return true;
}

static int spawn(child *c, const child_call *call)
{
    posix_spawn_file_actions_t actions;
    char *const *surroundings = call->environment != NULL ? call->environment : environ;
    int code = posix_spawn_file_actions_init(&actions);

    if (code != 0)
        return code;
    for (int i = 0; code == 0 && i < STREAMS; i++)
        code = posix_spawn_file_actions_adddup2(&actions, c->theirs[i], i);
    if (code == 0)
        code = posix_spawn(&c->pid, call->path, &actions, NULL, call->words, surroundings);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

/* Sends what the child takes now; closes when all is sent or it takes no more. */
static void feed(child *c, const child_call *call, size_t *sent)
{
    const ssize_t count = send(c->ours[IN], call->bytes + *sent, call->size - *sent, MSG_NOSIGNAL);

    if (count > 0)
        *sent += (size_t)count;
    if ((count < 0 && errno != EAGAIN && errno != EINTR) || *sent == call->size)
        close_end(&c->ours[IN]);
}

/* Takes what the child has written; closes at its end. False when that is too much. */
static bool collect(int *end, kith_text *into, size_t most)
{
    char piece[65536];
    const ssize_t count = read(*end, piece, sizeof piece);

    if (count > 0 && (size_t)count > most - into->size)
        return false;
    if (count > 0)
        kith_text_add_bytes(into, piece, (size_t)count);
    else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(end);
    return true;
}

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until both outputs end. False when the time is over, or one output is too long. */
static bool converse(child *c, kith_text *out, kith_text *said, const child_call *call, int64_t last)
{
    const size_t most = call->most > 0 ? call->most : CHILD_OUTPUT_MOST;
    const size_t out_most = out->size + most, said_most = said->size + most;
    size_t sent = 0;

    while (c->ours[OUT] >= 0 || c->ours[ERR] >= 0) {
        struct pollfd ends[STREAMS] = { { c->ours[IN], POLLOUT, 0 },
                                        { c->ours[OUT], POLLIN, 0 },
                                        { c->ours[ERR], POLLIN, 0 } };
        const int64_t left = last - milliseconds();
        if (left <= 0)
            return false;
        if (poll(ends, STREAMS, (int)left) < 0 && errno != EINTR)
            return false;
        if (ends[IN].revents != 0)
            feed(c, call, &sent);
        if (ends[OUT].revents != 0 && !collect(&c->ours[OUT], out, out_most))
            return false;
        if (ends[ERR].revents != 0 && !collect(&c->ours[ERR], said, said_most))
            return false;
    }
    return true;
}

/* Waits for the child, killed when it is late: its outputs may be closed and it go on. */
static int finish(child *c, bool *late, int64_t last)
{
    const struct timespec pause = { 0, 2000000 };
    pid_t ended = 0;
    int how = 0;

    while (!*late && ended == 0) {
        ended = waitpid(c->pid, &how, WNOHANG);
        *late = ended == 0 && milliseconds() >= last;
        if (ended == 0 && !*late)
            nanosleep(&pause, NULL);
    }
    if (*late)
        kill(c->pid, SIGKILL);
    while (ended != c->pid && (ended = waitpid(c->pid, &how, 0)) < 0)
        if (errno != EINTR)
            return 6;
    return WIFEXITED(how) ? WEXITSTATUS(how) : -WTERMSIG(how);
}

kith_status child_run(child_end *end, kith_text *out, kith_text *said, const child_call *call,
                      kith_error *err)
{
    const int64_t last = milliseconds() + (int64_t)call->seconds * 1000;
    child c = { 0, { -1, -1, -1 }, { -1, -1, -1 } };
    int code = 0;

    *end = (child_end){ 0 };
    if (!open_ends(&c)) {
        code = errno;
        close_all(&c);
        return kith_fail(err, KITH_IO, "no way to speak to %s: %s", call->path, strerror(code));
    }
    code = spawn(&c, call);
    if (code == 0) {
        for (int i = 0; i < STREAMS; i++)
            close_end(&c.theirs[i]);
        end->late = !converse(&c, out, said, call, last);
    }
    close_all(&c);
    if (code != 0)
        return kith_fail(err, KITH_IO, "%s: %s", call->path, strerror(code));
    end->code = finish(&c, &end->late, last);
    return KITH_OK;
}
