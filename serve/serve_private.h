/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve_private.h: what the files of the server share.
 *
 *     connection -> exchange (one request and its answer) -> job (its worker)
 *
 * A job outlives its exchange when the client goes away: a change is then let end, anything else
 * is killed. Lists are single-linked and short; times are milliseconds of the monotonic clock. */
#ifndef KITH_SERVE_PRIVATE_H
#define KITH_SERVE_PRIVATE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "kith/key.h"
#include "kith/serve.h"
#include "kith/text.h"

enum {
    CONNECTIONS_MOST = 1024, /* beyond it the one that has waited longest gives way */
    SESSIONS_MOST = 256,
    JOBS_OF_USER = 3,     /* side by side */
    WAITING_OF_USER = 24, /* and in line; more are refused */
    BODY_MOST = 1 << 20,
    SIGN_IN_MOST = 96 << 10, /* of a body from whoever has not signed in: a key file in base64, and more */
    WATCHES_OF_USER = 32,    /* streams of events side by side */
    HEADER_MEMORY = 16 << 10, /* of one connection: request line and headers must fit */
    ANSWER_HELD = 256 << 10, /* bytes of an answer that lie here before the worker waits */
    SAID_MOST = 16 << 10,
    TOKEN_SIZE = 65, /* 256 bits in hexadecimal, and a NUL */
    JOB_NAME_SIZE = 33,
    NAME_SIZE = 65,
    HEADER_SECONDS = 15, /* to send a request; to read what is ready for one */
    LINK_SECONDS = 120,
    LOCKED_SECONDS = 8 * 3600, /* a locked session that nobody comes back to is forgotten */
    REFUSED_NAMES = 128, /* that failed to sign in, and must wait */
    RATE = 60,                 /* requests a second of one session, in the long run */
    BURST = 240
};

typedef enum session_state { SIGNED_OUT, SIGNED_IN, LOCKED } session_state;

typedef struct session {
    struct session *next;
    char token[TOKEN_SIZE]; /* in the cookie */
    char page[TOKEN_SIZE];  /* in a header that the page sends */
    session_state state;
    char user[NAME_SIZE];
    unsigned char *unlocked; /* guarded; NULL unless signed in to a hub with keys */
    kith_text me;            /* what the command `serve --me` answered */
    int64_t used;            /* when a request last put off the time-out */
    int64_t since;           /* when it began: signing in makes a new one */
    double allowance;        /* requests that may come now */
    int64_t allowance_at;
    int holders;             /* jobs that point here */
    bool gone;               /* out of the list; freed by the last holder */
} session;

typedef enum answer_kind {
    ANSWER_TABLE, /* JSON of the command */
    ANSWER_SAID,  /* its sentences */
    ANSWER_FILE   /* a file of the form that was asked for */
} answer_kind;

struct json_t; /* of the JSON library */
typedef struct route route;
typedef struct exchange exchange;

typedef enum job_state { JOB_WAITING, JOB_RUNNING, JOB_ENDED } job_state;

typedef struct job {
    struct job *next;
    char name[JOB_NAME_SIZE]; /* "" for none */
    session *owner;
    exchange *asked_by; /* NULL: the client has gone */
    const route *way;   /* NULL: a sign-in */
    job_state state;
    kith_text words, input;
    unsigned char *key; /* guarded: what the worker is told of the key */
    size_t key_size;
    pid_t pid;
    int out, said_on, progress_on; /* -1 when closed */
    kith_text answer;              /* not yet sent; begins at sent */
    size_t sent;
    char form[16];           /* of a file: svg, pdf, ... */
    char name_typed[NAME_SIZE]; /* of a sign-in */
    unsigned char *unlocked; /* guarded: of a sign-in, as it is read; NULL of others */
    size_t unlocked_size;
    kith_text said, progress_line;
    char progress[256]; /* the last line, "DONE TOTAL WHAT" */
    unsigned progress_count;
    bool streaming, exited, late, cancelled, overlong;
    int how; /* of waitpid */
    int64_t deadline;
    int status; /* of HTTP, when it has ended */
} job;

/* A connection, as long as the library has it. */
typedef struct client {
    struct client *next;
    int descriptor;
    int64_t since;  /* accepted, or ended its last exchange */
    bool known;     /* it has shown a session that is signed in */
    bool leaving;   /* it was told to go, or has gone */
    exchange *now;  /* NULL between requests */
} client;

struct exchange {
    struct server *of;
    client *from;
    struct MHD_Connection *connection;
    kith_text body;
    size_t body_most;
    job *work;       /* NULL: none, or done with */
    bool suspended, refused, abandoned;
    bool watches;    /* server-sent events */
    char watched[JOB_NAME_SIZE];
    session *watcher; /* held */
    unsigned seen;    /* progress lines that were sent */
    int64_t began, spoke;
    bool met;         /* the job was there */
    kith_text events; /* not yet sent */
    bool last;
};

typedef struct server {
    kith_serve_options options;
    const char *self; /* path of this program */
    char *hub;        /* absolute */
    struct MHD_Daemon *daemon;
    int listener, epoll;
    bool path_is_ours; /* the socket's, in the file system */
    int port;
    kith_text host, origin; /* as a request must have them */
    char link[TOKEN_SIZE];
    int64_t link_until;
    client *clients;
    int client_count;
    session *sessions;
    int session_count;
    job *jobs;
    int running;
    struct { char user[NAME_SIZE]; int count; int64_t until; } refused[REFUSED_NAMES]; /* sign-ins */
    struct { int64_t since; int said, unsaid; } notices; /* of the last minute */
} server;

int64_t now_milliseconds(void);

/* listen.c */
kith_status listen_begin(server *s, kith_error *err);
void listen_end(server *s);
void listen_accept(server *s);
void client_leave(client *c);
void client_told(void *context, struct MHD_Connection *connection, void **state,
                 enum MHD_ConnectionNotificationCode what);
void clients_tick(server *s);

/* session.c */
session *session_new(server *s);
session *session_of(server *s, const char *cookies, const char *page); /* NULL for none, and without both of its tokens */
void session_forget_key(session *who);
void session_drop(server *s, session *who);
void session_hold(session *who);
void session_release(session *who);
void sessions_tick(server *s);
bool session_may_ask(session *who); /* takes one of its allowance */
bool token_equal(const char *a, const char *b);
void token_make(char token[TOKEN_SIZE]);
const char *cookie_name(const server *s); /* with its "=" */

/* notice.c: a line on standard error, with its time: refused attempts, failed workers. */
void notice(server *s, const char *what);

/* worker.c: a job's process. */
int worker_start(job *j, const server *s); /* 0, or errno */
void worker_kill(job *j);
void worker_close(int *descriptor); /* once; -1 after */

/* job.c: what is worked out. */
job *job_new(server *s, session *owner, const route *way, exchange *by);
kith_status job_key_unlocked(job *j, const session *who, kith_error *err);
bool job_may_wait(const server *s, const session *owner);
void job_cancel(server *s, job *j);
void job_leave(server *s, job *j); /* its exchange has ended */
void jobs_of_session_end(server *s, session *who);
void jobs_start(server *s);
bool job_read(server *s, job *j); /* takes what the worker wrote; true when something came */
void jobs_reap(server *s);
void jobs_tick(server *s);
void jobs_free(server *s);
job *job_named(server *s, const session *owner, const char *name);
size_t job_unsent(const job *j);
bool job_in_parts(const job *j); /* its answer is a sequence of JSON texts (RFC 7464) */

/* exchange.c: requests and answers. */
session *exchange_session(const exchange *e); /* of whoever asks; NULL for none */
enum MHD_Result exchange_handle(void *context, struct MHD_Connection *connection, const char *path,
                                const char *method, const char *version, const char *data, size_t *size,
                                void **state);
void exchange_ended(void *context, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode how);
void exchange_job_moved(server *s, job *j); /* bytes came, or it has ended */
void exchange_wake(exchange *e);
void exchange_suspend(exchange *e);

/* reply.c: answers with what the exchange's job made of it, or waits for that. */
enum MHD_Result reply(exchange *e);

/* answer.c: what every answer has. */
enum MHD_Result answer_bytes(exchange *e, int status, const char *type, const char *bytes, size_t size);
enum MHD_Result answer_fail(exchange *e, int status, const char *sentence);
enum MHD_Result answer_stream(exchange *e, int status, const char *type, MHD_ContentReaderCallback reader);
enum MHD_Result answer_cookie(exchange *e, int status, const char *cookie, const char *place, const kith_text *body);
enum MHD_Result answer_queue(exchange *e, int status, struct MHD_Response *response);
void answer_headers(struct MHD_Response *response, bool asset);

/* account.c: the routes of the session itself; true when the path is one of them. who: NULL for none. */
bool account_handle(enum MHD_Result *result, server *s, exchange *e, session *who, const char *method,
                    const char *path);
bool account_start(enum MHD_Result *result, server *s, exchange *e, const char *method, const char *path);
enum MHD_Result account_signed_in(server *s, exchange *e, job *j);
enum MHD_Result answer_state(exchange *e, const session *who); /* 403: signed out, or locked */

/* events.c: server-sent events. */
enum MHD_Result events_begin(server *s, exchange *e, session *who, const char *name);
void events_tick(server *s);

/* asset.c: the page. */
bool asset_handle(enum MHD_Result *result, exchange *e, const char *method, const char *path);

/* route.c, parameter.c, words.c: from a request to words. */
const route *route_find(const char *method, const char *path);

/**
 * What a request asks, as an object: the query's parameters, or the body's. NULL with KITH_USAGE
 * when one comes twice, or the body is no object of JSON. For words_of and json_decref.
 */
kith_status words_read(struct json_t **asked, struct MHD_Connection *connection, const kith_text *body,
                       kith_error *err);

/** Fills the job's words, input and name. KITH_USAGE for what is not in the table, or not of its type. */
kith_status words_make(job *j, const server *s, const struct json_t *asked, kith_error *err);

#endif
