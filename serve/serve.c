/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve.c: the loop.
 *
 * It waits for the listener, the library's own descriptors, what workers write, signals, and
 * clients that go away while their worker is at work; and does once a second what time does. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "kith/date.h"
#include "serve_private.h"

enum { WATCHED_MOST = 4096, TICK = 250 };

typedef struct watch {
    struct pollfd *list;
    job **jobs;       /* beside the list: whose descriptor it is */
    client **clients;
    nfds_t count;
} watch;

static void add_watch(watch *w, int descriptor, short events, job *j, client *c)
{
    if (descriptor < 0 || w->count >= WATCHED_MOST)
        return;
    w->list[w->count] = (struct pollfd){ descriptor, events, 0 };
    w->jobs[w->count] = j;
    w->clients[w->count++] = c;
}

static void gather(watch *w, const server *s, int signals)
{
    w->count = 0;
    add_watch(w, s->listener, POLLIN, NULL, NULL);
    add_watch(w, s->epoll, POLLIN, NULL, NULL);
    add_watch(w, signals, POLLIN, NULL, NULL);
    for (job *j = s->jobs; j != NULL; j = j->next) {
        if (j->state != JOB_RUNNING)
            continue;
        if (job_unsent(j) < ANSWER_HELD)
            add_watch(w, j->out, POLLIN, j, NULL);
        add_watch(w, j->said_on, POLLIN, j, NULL);
        add_watch(w, j->progress_on, POLLIN, j, NULL);
    }
    for (client *c = s->clients; c != NULL; c = c->next)
        if (c->now != NULL && c->now->suspended && !c->leaving)
            add_watch(w, c->descriptor, POLLRDHUP, NULL, c);
}

/* The library does not notice that a client has gone while its connection is suspended. */
static void client_gone(server *s, client *c)
{
    exchange *e = c->now;

    if (e == NULL || !e->suspended)
        return;
    c->leaving = true;
    if (e->work != NULL) {
        job_leave(s, e->work);
        e->work = NULL;
        e->abandoned = true;
    }
    exchange_wake(e);
}

static void look(server *s, const watch *w)
{
    for (nfds_t i = 3; i < w->count; i++) {
        if (w->list[i].revents == 0)
            continue;
        if (w->jobs[i] != NULL && job_read(s, w->jobs[i]))
            exchange_job_moved(s, w->jobs[i]);
        if (w->clients[i] != NULL)
            client_gone(s, w->clients[i]);
    }
}

/* A library may begin a thread of its own before main, in which no signal is blocked:
 * whichever thread a signal comes to, it is written into this pipe. */
static int signal_pipe[2];

static void tell_signal(int number)
{
    const int error = errno;
    const unsigned char byte = (unsigned char)number;

    (void)!write(signal_pipe[1], &byte, 1);
    errno = error;
}

/* False when it is time to end. */
static bool take_signals(server *s, int signals)
{
    unsigned char number;
    bool goes_on = true;

    while (read(signals, &number, 1) == 1)
        goes_on &= number == SIGCHLD;
    jobs_reap(s);
    return goes_on;
}

static int wait_at_most(const server *s, int64_t ticked)
{
    MHD_UNSIGNED_LONG_LONG library;
    int64_t most = ticked + TICK - now_milliseconds();

    if (MHD_get_timeout(s->daemon, &library) == MHD_YES && (int64_t)library < most)
        most = (int64_t)library;
    return most > 0 ? (int)most : 0;
}

static void tick(server *s)
{
    sessions_tick(s);
    clients_tick(s);
    events_tick(s);
}

static void run(server *s, watch *w, int signals)
{
    int64_t ticked = now_milliseconds();
    bool goes_on = true;

    while (goes_on) {
        gather(w, s, signals);
        poll(w->list, w->count, wait_at_most(s, ticked));
        look(s, w);
        if (w->list[0].revents != 0)
            listen_accept(s);
        goes_on = take_signals(s, signals);
        if (now_milliseconds() - ticked >= TICK) {
            ticked = now_milliseconds();
            tick(s);
        }
        jobs_tick(s);
        jobs_start(s);
        MHD_run(s->daemon);
    }
}

/* Paths come as texts that end at their first NUL: one that was sent is another control character, which nothing has. */
static size_t unescape(void *context, struct MHD_Connection *connection, char *text)
{
    const size_t size = MHD_http_unescape(text);

    (void)context, (void)connection;
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\0')
            text[i] = '\1';
    return size;
}

static kith_status start_daemon(server *s, kith_error *err)
{
    s->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
                                     MHD_USE_PEDANTIC_CHECKS,
                                 0, NULL, NULL, exchange_handle, s, MHD_OPTION_NOTIFY_COMPLETED, exchange_ended, s,
                                 MHD_OPTION_NOTIFY_CONNECTION, client_told, s, MHD_OPTION_CONNECTION_LIMIT,
                                 (unsigned)CONNECTIONS_MOST + 64, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                 (size_t)HEADER_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK,
                                 unescape, NULL, MHD_OPTION_END);
    if (s->daemon == NULL)
        return kith_fail(err, KITH_IO, "the web server cannot start: %s", strerror(errno));
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    s->epoll = info->epoll_fd;
    fcntl(s->epoll, F_SETFD, FD_CLOEXEC);
    return KITH_OK;
}

static void say(const server *s)
{
    if (s->options.quiet)
        return;
    if (s->options.socket != NULL) {
        fprintf(stderr, "kith: serving %s on %s for %s\n", s->hub, s->options.socket, s->options.origin);
        return;
    }
    fprintf(stderr, "kith: serving %s; this link works once, for %d seconds:\n", s->hub, LINK_SECONDS);
    printf("%s/start?token=%s\n", kith_text_string(&s->origin), s->link);
    fflush(stdout);
}

static kith_status serve_with(server *s, watch *w, kith_error *err)
{
    const struct sigaction tells = { .sa_handler = tell_signal, .sa_flags = SA_RESTART };
    kith_status status = listen_begin(s, err);

    if (status == KITH_OK)
        status = start_daemon(s, err);
    if (status != KITH_OK)
        return status;
    if (pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC) != 0)
        return kith_fail(err, KITH_IO, "no way to hear of signals: %s", strerror(errno));
    sigaction(SIGCHLD, &tells, NULL);
    sigaction(SIGINT, &tells, NULL);
    sigaction(SIGTERM, &tells, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (s->options.socket == NULL) {
        token_make(s->link);
        s->link_until = now_milliseconds() + LINK_SECONDS * 1000;
    }
    say(s);
    run(s, w, signal_pipe[0]);
    return KITH_OK; /* the pipe stays: a signal may still come */
}

/* The library must not be stopped while a connection is suspended. */
static void end(server *s)
{
    while (s->sessions != NULL)
        session_drop(s, s->sessions);
    for (client *c = s->clients; c != NULL; c = c->next)
        if (c->now != NULL) {
            if (c->now->work != NULL)
                c->now->work->asked_by = NULL;
            c->now->work = NULL;
            c->now->abandoned = true;
            exchange_wake(c->now);
        }
    jobs_free(s);
    if (s->daemon != NULL)
        MHD_stop_daemon(s->daemon);
    listen_end(s);
    sodium_memzero(s->link, sizeof s->link);
    kith_text_free(&s->host);
    kith_text_free(&s->origin);
    free(s->hub);
}

static kith_status prepare(server *s, const kith_serve_options *options, char self[PATH_MAX], kith_error *err)
{
    struct rlimit files;
    const ssize_t size = readlink("/proc/self/exe", self, PATH_MAX - 1);

    *s = (server){ .options = *options, .self = self, .listener = -1, .epoll = -1 };
    if (size <= 0)
        return kith_fail(err, KITH_IO, "/proc/self/exe: %s; workers are this program", strerror(errno));
    self[size] = '\0';
    s->hub = realpath(options->hub, NULL);
    if (s->hub == NULL)
        return kith_fail(err, KITH_HUB, "%s: %s; give the hub with --hub", options->hub, strerror(errno));
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 4096 && files.rlim_max > files.rlim_cur) {
        files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    return KITH_OK;
}

kith_status kith_serve(const kith_serve_options *options, kith_error *err)
{
    static struct pollfd list[WATCHED_MOST];
    static job *jobs[WATCHED_MOST];
    static client *clients[WATCHED_MOST];
    char self[PATH_MAX];
    server *s = calloc(1, sizeof *s);
    watch w = { list, jobs, clients, 0 };

    if (s == NULL)
        return kith_no_memory(err);
    kith_status status = prepare(s, options, self, err);
    if (status == KITH_OK)
        status = serve_with(s, &w, err);
    end(s);
    free(s);
    return status;
}
