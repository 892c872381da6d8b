/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exchange.c: a request and its answer.
 *
 * The library calls exchange_handle when the headers are there, for each piece of the body, and at
 * its end; and again when a suspended connection is resumed. What a worker does is waited for in
 * suspension (reply.c). */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "route.h"

static const char *header(const exchange *e, const char *name)
{
    return MHD_lookup_connection_value(e->connection, MHD_HEADER_KIND, name);
}

session *exchange_session(const exchange *e)
{
    return session_of(e->of, header(e, "Cookie"), header(e, "Kith-Page"));
}

typedef struct counted {
    const char *name;
    int count;
} counted;

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *key, const char *value)
{
    counted *c = context;

    (void)kind, (void)value;
    c->count += strcasecmp(key, c->name) == 0;
    return MHD_YES;
}

/* A header that the server relies on stands there once or not at all. */
static bool comes_twice(const exchange *e, const char *name)
{
    counted c = { name, 0 };

    MHD_get_connection_values(e->connection, MHD_HEADER_KIND, count_header, &c);
    return c.count > 1;
}

/* Whether the request comes from a page of ours, or from nobody's, to the host that we are. */
static bool is_ours(const server *s, const exchange *e, bool post)
{
    const char *host = header(e, "Host"), *origin = header(e, "Origin"), *site = header(e, "Sec-Fetch-Site");

    if (comes_twice(e, "Host") || comes_twice(e, "Origin") || comes_twice(e, "Cookie") || comes_twice(e, "Kith-Page") ||
        comes_twice(e, "Content-Length") || comes_twice(e, "Transfer-Encoding"))
        return false;
    if (host == NULL || strcmp(host, kith_text_string(&s->host)) != 0)
        return false;
    if (origin != NULL ? strcmp(origin, kith_text_string(&s->origin)) != 0 : post)
        return false;
    return site == NULL || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
}

static exchange *exchange_new(server *s, struct MHD_Connection *connection)
{
    exchange *e = calloc(1, sizeof *e);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    if (e == NULL)
        return NULL;
    e->of = s;
    e->connection = connection;
    e->from = info != NULL ? info->socket_context : NULL;
    if (e->from != NULL) {
        e->from->now = e;
        e->from->since = now_milliseconds();
    }
    return e;
}

void exchange_wake(exchange *e)
{
    if (!e->suspended)
        return;
    e->suspended = false;
    MHD_resume_connection(e->connection);
}

void exchange_suspend(exchange *e)
{
    e->suspended = true;
    MHD_suspend_connection(e->connection);
}

void exchange_job_moved(server *s, job *j)
{
    exchange *e = j->asked_by;

    (void)s;
    if (e != NULL && e->from != NULL && j->state == JOB_ENDED)
        e->from->since = now_milliseconds(); /* from now on it is the client who is waited for */
    if (e != NULL && e->suspended && (j->state == JOB_ENDED || j->streaming || job_in_parts(j) || job_unsent(j) >= ANSWER_HELD))
        exchange_wake(e);
}

static void wipe_body(exchange *e)
{
    if (e->body.data != NULL)
        sodium_memzero(e->body.data, e->body.room);
    kith_text_free(&e->body);
}

void exchange_ended(void *context, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode how)
{
    server *s = context;
    exchange *e = *state;

    (void)connection, (void)how;
    if (e == NULL)
        return;
    *state = NULL;
    if (e->work != NULL)
        job_leave(s, e->work);
    if (e->from != NULL) {
        e->from->now = NULL;
        e->from->since = now_milliseconds();
    }
    if (e->watcher != NULL)
        session_release(e->watcher);
    wipe_body(e);
    kith_text_free(&e->events);
    free(e);
}

/* Starts the worker of a route, or says why not. */
static enum MHD_Result begin_job(server *s, exchange *e, session *who, const route *way)
{
    kith_error err = { KITH_OK, "" };
    json_t *asked = NULL;

    if (!job_may_wait(s, who))
        return answer_fail(e, 429, "too much is being worked out for you already; wait for an answer");
    job *j = job_new(s, who, way, e);
    if (j == NULL)
        return MHD_NO;
    kith_status status = words_read(&asked, e->connection, way->method[0] == 'P' ? &e->body : NULL, &err);
    if (status == KITH_OK)
        status = words_make(j, s, asked, &err);
    if (status == KITH_OK)
        status = job_key_unlocked(j, who, &err);
    json_decref(asked);
    e->work = j;
    if (status == KITH_OK) {
        jobs_start(s);
        return reply(e);
    }
    e->work = NULL;
    job_leave(s, j);
    return answer_fail(e, status == KITH_USAGE ? 400 : 500, err.message);
}

static bool is_json(const exchange *e)
{
    const char *type = header(e, "Content-Type");

    return type != NULL && strncmp(type, "application/json", 16) == 0 && (type[16] == '\0' || type[16] == ';');
}

/* However fast somebody asks: they may always lock and leave. */
static bool ends_a_stay(const char *path)
{
    return strcmp(path, "/api/lock") == 0 || strcmp(path, "/api/sign-out") == 0;
}

static enum MHD_Result handle_api(server *s, exchange *e, const char *method, const char *path)
{
    session *who = exchange_session(e);
    enum MHD_Result result;

    if (e->from != NULL && who != NULL && who->state == SIGNED_IN)
        e->from->known = true;
    if (strcmp(method, "POST") == 0 && !is_json(e))
        return answer_fail(e, 415, "the body's Content-Type is application/json");
    if (who != NULL && !ends_a_stay(path) && !session_may_ask(who))
        return answer_fail(e, 429, "too many requests; slow down");
    if (account_handle(&result, s, e, who, method, path))
        return result;
    if (who == NULL)
        return answer_fail(e, 403, "this browser has no session; open the link that `kith serve` printed");
    if (who->state != SIGNED_IN)
        return answer_state(e, who);
    const route *way = route_find(method, path);
    if (way == NULL)
        return answer_fail(e, 404, "nothing of that name is there");
    who->used = now_milliseconds();
    return begin_job(s, e, who, way);
}

static enum MHD_Result handle(server *s, exchange *e, const char *method, const char *path)
{
    enum MHD_Result result;

    if (strncmp(path, "/api/", 5) == 0)
        return handle_api(s, e, method, path);
    if (account_start(&result, s, e, method, path) || asset_handle(&result, e, method, path))
        return result;
    return answer_fail(e, 404, "nothing of that name is there");
}

/* Takes a piece of the body, and leaves none of it with the library: it may be a passphrase. */
static void take_body(exchange *e, const char *data, size_t size)
{
    const char *length = header(e, "Content-Length");
    const size_t whole = length != NULL ? (size_t)strtoull(length, NULL, 10) : e->body_most;

    if (e->body.size + size > e->body_most)
        e->refused = true;
    else if (e->body.room > 0 || kith_text_grow(&e->body, whole)) /* once: no copies are left behind */
        kith_text_add_bytes(&e->body, data, size);
    sodium_memzero((char *)data, size);
}

/* Nobody in particular may send as much as a sign-in takes. */
static size_t body_most(const exchange *e, bool post)
{
    const session *who = post ? exchange_session(e) : NULL;

    return who != NULL && who->state == SIGNED_IN ? BODY_MOST : post ? SIGN_IN_MOST : 0;
}

static enum MHD_Result answer_too_long(exchange *e)
{
    return answer_fail(e, 413, e->body_most == BODY_MOST ? "the body is longer than 1 MB"
                                                         : "the body is longer than a sign-in; sign in first");
}

/* The headers are there. Refused at once is what comes from elsewhere, and a body that is too long. */
static enum MHD_Result begin(server *s, exchange *e, const char *method)
{
    const char *length = header(e, "Content-Length");
    const bool post = strcmp(method, "POST") == 0;

    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return answer_fail(e, 405, "GET and POST are answered");
    if (!is_ours(s, e, post)) {
        notice(s, "refused: a request by another Host, Origin or page");
        return answer_fail(e, 403, "this request does not come from the viewer's own page");
    }
    if (length != NULL && header(e, "Transfer-Encoding") != NULL)
        return answer_fail(e, 400, "a body has a length or comes in pieces, not both");
    e->body_most = body_most(e, post);
    if (length != NULL && strtoull(length, NULL, 10) > e->body_most)
        return answer_too_long(e);
    return MHD_YES;
}

enum MHD_Result exchange_handle(void *context, struct MHD_Connection *connection, const char *path,
                                const char *method, const char *version, const char *data, size_t *size,
                                void **state)
{
    server *s = context;
    exchange *e = *state;

    (void)version;
    if (e == NULL) {
        *state = e = exchange_new(s, connection);
        return e != NULL ? begin(s, e, method) : MHD_NO;
    }
    if (*size > 0) {
        take_body(e, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (e->abandoned)
        return MHD_NO;
    if (e->refused)
        return answer_too_long(e);
    return e->work != NULL ? reply(e) : handle(s, e, method, path);
}
