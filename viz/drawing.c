/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawing.c: kith-draw as a child process.
 *
 * The scene goes in through a socket (a write to a child that has ended must not raise
 * SIGPIPE), picture and messages come back through pipes, and one poll loop serves all
 * three, so that neither side can wait for the other for ever. */
#include "kith/drawing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
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

/* The program beside this one. */
static kith_status find_program(char *path, size_t size, kith_error *err)
{
    static const char name[] = "kith-draw";
    const ssize_t length = readlink("/proc/self/exe", path, size - sizeof name);

    if (length <= 0)
        return kith_fail(err, KITH_IO, "/proc/self/exe: %s; kith-draw is looked for beside kith",
                         strerror(errno));
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    memcpy(slash + 1, name, sizeof name);
    if (access(path, X_OK) != 0)
        return kith_fail(err, KITH_IO, "%s: %s; install kith-draw beside kith", path,
                         strerror(errno));
    return KITH_OK;
}

static bool open_ends(child *c)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return false;
    c->ours[IN] = pair[0];
    c->theirs[IN] = pair[1];
    for (int i = OUT; i < STREAMS; i++) {
        if (pipe(pair) != 0)
            return false;
        c->ours[i] = pair[0];
        c->theirs[i] = pair[1];
    }
    for (int i = 0; i < STREAMS; i++)
        if (fcntl(c->ours[i], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(c->theirs[i], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(c->ours[i], F_SETFL, O_NONBLOCK) != 0)
            return false;
    return true;
}

static int spawn(child *c, const char *path, char **words)
{
    posix_spawn_file_actions_t actions;
    int code = posix_spawn_file_actions_init(&actions);

    if (code != 0)
        return code;
    for (int i = 0; code == 0 && i < STREAMS; i++)
        code = posix_spawn_file_actions_adddup2(&actions, c->theirs[i], i);
    if (code == 0)
        code = posix_spawn(&c->pid, path, &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

static kith_status start(child *c, const char *format, const kith_drawing *drawing, int seconds,
                         kith_error *err)
{
    char path[4096], seed[32], dpi[32], limit[32];
    char *words[] = {
        path, (char *)format, "--seed", seed, "--dpi", dpi, "--seconds", limit, NULL
    };

    kith_status status = find_program(path, sizeof path, err);
    if (status != KITH_OK)
        return status;
    snprintf(seed, sizeof seed, "%lld", (long long)drawing->seed);
    snprintf(dpi, sizeof dpi, "%d", drawing->dpi > 0 ? drawing->dpi : 144);
    snprintf(limit, sizeof limit, "%d", seconds);
    if (!open_ends(c))
        return kith_fail(err, KITH_IO, "no pipe to kith-draw: %s", strerror(errno));
    const int code = spawn(c, path, words);
    if (code != 0)
        return kith_fail(err, KITH_IO, "%s: %s", path, strerror(code));
    for (int i = 0; i < STREAMS; i++)
        close_end(&c->theirs[i]);
    return KITH_OK;
}

/* Sends what the child takes now; closes when all is sent or it takes no more. */
static void feed(child *c, const kith_text *json, size_t *sent)
{
    const ssize_t count = send(c->ours[IN], json->data + *sent, json->size - *sent, MSG_NOSIGNAL);

    if (count > 0)
        *sent += (size_t)count;
    if ((count < 0 && errno != EAGAIN && errno != EINTR) || *sent == json->size)
        close_end(&c->ours[IN]);
}

/* Takes what the child has written; closes at its end. */
static void collect(int *end, kith_text *into)
{
    char piece[65536];
    const ssize_t count = read(*end, piece, sizeof piece);

    if (count > 0)
        kith_text_add_bytes(into, piece, (size_t)count);
    else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(end);
}

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until both outputs end. False when the time is over. */
static bool converse(child *c, const kith_text *json, kith_text *out, kith_text *said, int seconds)
{
    const int64_t last = milliseconds() + (int64_t)seconds * 1000;
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
            feed(c, json, &sent);
        if (ends[OUT].revents != 0)
            collect(&c->ours[OUT], out);
        if (ends[ERR].revents != 0)
            collect(&c->ours[ERR], said);
    }
    return true;
}

/* Waits for the child, killed first when it is late; its exit code, or -signal. */
static int finish(child *c, bool late)
{
    int how = 0;

    if (late)
        kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &how, 0) < 0)
        if (errno != EINTR)
            return 6;
    return WIFEXITED(how) ? WEXITSTATUS(how) : -WTERMSIG(how);
}

static kith_status judge(int code, bool late, int seconds, const kith_text *out, kith_text *said,
                         kith_error *err)
{
    if (late)
        return kith_fail(err, KITH_INTERNAL,
                         "drawing took longer than %d seconds; draw fewer things at once", seconds);
    if (code == 0 && (out->size > 0 || out->failed))
        return KITH_OK;
    if (said->size > 0 && said->data[said->size - 1] == '\n')
        said->data[said->size - 1] = '\0';
    if (code < 0)
        return kith_fail(err, KITH_INTERNAL, "kith-draw was ended by signal %d; %s", -code,
                         "draw fewer things at once, or another --seed");
    if (said->size == 0)
        return kith_fail(err, KITH_INTERNAL,
                         "kith-draw gave no picture and no reason (exit code %d); install the one "
                         "that came with this kith",
                         code);
    return kith_fail(err, code == kith_exit_code(KITH_INPUT) ? KITH_INPUT : KITH_INTERNAL, "%s",
                     kith_text_string(said));
}

kith_status kith_scene_draw(kith_text *out, const kith_scene *scene, const char *format,
                            const kith_drawing *drawing, kith_error *err)
{
    child c = { 0, { -1, -1, -1 }, { -1, -1, -1 } };
    kith_text json = { 0 }, said = { 0 };
    const int seconds = drawing->seconds > 0 ? drawing->seconds : 120;

    kith_scene_write(&json, scene);
    kith_status status = kith_text_status(&json, err);
    if (status == KITH_OK)
        status = start(&c, format, drawing, seconds, err);
    if (status == KITH_OK) {
        const bool late = !converse(&c, &json, out, &said, seconds);
        close_all(&c);
        status = judge(finish(&c, late), late, seconds, out, &said, err);
    }
    if (status == KITH_OK)
        status = kith_text_status(out, err);
    close_all(&c);
    kith_text_free(&json);
    kith_text_free(&said);
    return status;
}
