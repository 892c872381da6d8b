/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve.h: the viewer's server.
 *
 * A thin front for a browser on the same computer: a fixed table says which route is which
 * command line (docs/viewer.md), and the command is run by another kith, an exec'ed worker, under
 * the key of whoever signed in. The server opens no hub. It holds unlocked keys (kith/key.h) in
 * guarded memory, checks Host, Origin and session, bounds what a client may send and a user may
 * run, and passes answers on as they come.
 *
 * One thread and one loop do all of it; nothing in it waits. */
#ifndef KITH_SERVE_H
#define KITH_SERVE_H

#include "kith/error.h"
#include "kith/table.h"

typedef struct kith_serve_options {
    const char *hub;     /* path */
    bool open_hub;       /* it has no keys: nobody signs in */
    const char *address; /* 127.0.0.1 or ::1 */
    int port;            /* 0: any that is free */
    const char *socket;  /* path of a Unix socket instead; NULL: none */
    const char *origin;  /* of the front before a socket: https://host; NULL: none */
    int idle_seconds;    /* without a request: the key is forgotten */
    int longest_seconds; /* after signing in, however much is asked: the same */
    int worker_seconds;  /* on the wall clock: then a worker is killed */
    int worker_megabytes; /* of address space; 0: no limit */
    int workers;         /* side by side, of all users */
    bool quiet;
} kith_serve_options;

/**
 * Serves until SIGINT or SIGTERM; then ends the workers and forgets the keys.
 *
 * Returns KITH_USAGE for an address that others could reach or an origin that is none, KITH_IO when
 * it cannot be listened to, KITH_NO_MEMORY.
 */
kith_status kith_serve(const kith_serve_options *options, kith_error *err);

/** The table of routes: method, path, command, parameters. Free with kith_table_free. */
kith_status kith_serve_routes(kith_table *table, kith_error *err);

/* What a worker finds when it starts: standard input and output, messages on standard error, and */
enum {
    KITH_WORKER_WORDS = 3,   /* the hub's path and the words of the call, a NUL after each */
    KITH_WORKER_KEY = 4,     /* one of the letters below, and what belongs to it */
    KITH_WORKER_PROGRESS = 5 /* takes lines "DONE TOTAL WHAT" */
};
enum {
    KITH_WORKER_NO_KEY = '-',     /* an open hub */
    KITH_WORKER_UNLOCKED = 'u',   /* unlocked bytes */
    KITH_WORKER_PASSPHRASE = 'p', /* a user's name, a NUL, a passphrase: the worker's first output is */
    KITH_WORKER_KEY_FILE = 'k'    /* the unlocked bytes; the same with a key file's bytes */
};

/**
 * Takes from this process what no command of a worker needs: files outside the hub's folder and
 * the programs that draw, every network, and looking into other processes. Nothing that it starts
 * gets any of it back. On a kernel without Landlock files stay open to it.
 */
kith_status kith_worker_confine(const char *hub, kith_error *err);

#endif
