/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.c: the process that works for a job.
 *
 * It is this program, exec'ed anew (kith/serve.h), with nothing inherited but six descriptors, in a
 * process group of its own, so that what it starts ends with it. */
#define _GNU_SOURCE /* memfd_create, pipe2, prlimit, posix_spawn_file_actions_addclosefrom_np */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "serve_private.h"

enum { WORKER_ENDS = 6, FIRST_FREE = 16 };

void worker_close(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* A descriptor out of the way of those that a worker has. */
static int aside(int descriptor)
{
    const int moved = descriptor >= 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_FREE) : -1;

    if (descriptor >= 0)
        close(descriptor);
    return moved;
}

/* A file in memory with these bytes, to be read from its beginning. */
static int memory_of(const kith_text *text)
{
    const int file = aside(memfd_create("kith", MFD_CLOEXEC));

    for (size_t at = 0; file >= 0 && at < text->size;) {
        const ssize_t step = write(file, text->data + at, text->size - at);
        if (step < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        at += step > 0 ? (size_t)step : 0;
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

/* The key goes through a pipe, which holds it until the worker has read it. */
static int pipe_of_key(const job *j)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    const ssize_t written = write(ends[1], j->key, j->key_size);
    close(ends[1]);
    ends[0] = aside(ends[0]);
    if (written != (ssize_t)j->key_size) {
        worker_close(&ends[0]);
        return -1;
    }
    fcntl(ends[0], F_SETFL, 0);
    return ends[0];
}

/* Our end, which does not wait; *theirs is the worker's. */
static int listen_to(int *theirs)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    *theirs = aside(ends[1]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return ends[0];
}

static bool open_ends(job *j, int ends[WORKER_ENDS])
{
    ends[STDIN_FILENO] = memory_of(&j->input);
    j->out = listen_to(&ends[STDOUT_FILENO]);
    j->said_on = listen_to(&ends[STDERR_FILENO]);
    ends[KITH_WORKER_WORDS] = memory_of(&j->words);
    ends[KITH_WORKER_KEY] = pipe_of_key(j);
    j->progress_on = listen_to(&ends[KITH_WORKER_PROGRESS]);
    for (int i = 0; i < WORKER_ENDS; i++)
        if (ends[i] < 0)
            return false;
    return true;
}

/* Nothing of the server's own surroundings but what the sanitizers of a debug build are told. Memory comes in
 * large pages, where the system has them: a network is much memory that is soon given back, and page by page a
 * tenth of its time goes into asking for it. */
static void surroundings(char *list[8])
{
    static char path[] = "PATH=/usr/bin:/bin", language[] = "LANG=C.UTF-8", memory[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";
    static const char *const kept[] = { "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TZ" };
    static char lines[4][512];
    size_t count = 0;

    list[count++] = path;
    list[count++] = language;
    list[count++] = memory;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);
        if (value != NULL && snprintf(lines[i], sizeof lines[i], "%s=%s", kept[i], value) < (int)sizeof lines[i])
            list[count++] = lines[i];
    }
    list[count] = NULL;
}

static int spawn(job *j, const server *s, const int ends[WORKER_ENDS])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t none, usual;
    char *words[] = { (char *)"kith", (char *)"--worker", NULL }, *around[8];

    surroundings(around);
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    int code = posix_spawn_file_actions_init(&actions);
    for (int i = 0; code == 0 && i < WORKER_ENDS; i++)
        code = posix_spawn_file_actions_adddup2(&actions, ends[i], i);
    if (code == 0)
        code = posix_spawn_file_actions_addclosefrom_np(&actions, WORKER_ENDS);
    if (code == 0)
        code = posix_spawn(&j->pid, s->self, &actions, &how, words, around);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&how);
    return code;
}

static void bound(const job *j, const server *s)
{
    const rlim_t seconds = (rlim_t)s->options.worker_seconds * 2; /* several threads */
    const rlim_t bytes = (rlim_t)s->options.worker_megabytes << 20;

    prlimit(j->pid, RLIMIT_CPU, &(struct rlimit){ seconds, seconds }, NULL);
    if (s->options.worker_megabytes > 0)
        prlimit(j->pid, RLIMIT_AS, &(struct rlimit){ bytes, bytes }, NULL);
}

int worker_start(job *j, const server *s)
{
    int ends[WORKER_ENDS] = { -1, -1, -1, -1, -1, -1 };
    const int code = open_ends(j, ends) ? spawn(j, s, ends) : errno;

    for (int i = 0; i < WORKER_ENDS; i++)
        worker_close(&ends[i]);
    if (code == 0) {
        bound(j, s);
        j->deadline = now_milliseconds() + (int64_t)s->options.worker_seconds * 1000;
    }
    return code;
}

void worker_kill(job *j)
{
    if (j->state == JOB_RUNNING && j->pid > 0 && !j->exited)
        kill(-j->pid, SIGKILL);
}
