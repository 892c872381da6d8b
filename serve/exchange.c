/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exchange.c: a request and its answer.
 *
 * The library calls exchange_handle when the headers are there, for each piece of the body, and at
 * its end; and again when a suspended connection is resumed. What a worker does is waited for in
 * suspension. A small answer is sent whole, under the status that the worker's end gives; one that
 * outgrows what is held is passed on as it comes, and broken off if the worker fails after all. */
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

    if (comes_twice(e, "Host") || comes_twice(e, "Origin") || comes_twice(e, "Cookie"))
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
    if (e->from != NULL)
        e->from->now = e;
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
    if (e != NULL && e->suspended && (j->state == JOB_ENDED || j->streaming || job_unsent(j) >= ANSWER_HELD))
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

/* What a worker says, a sentence a line, without the program's name before each. */
static const char *sentence_of(const job *j, char out[1024])
{
    const char *text = kith_text_string(&j->said);
    size_t size = j->said.size;

    if (j->cancelled)
        return "cancelled; nothing that was not recorded yet is";
    if (j->late)
        return "it took too long and was ended; ask for less, or a smaller window";
    while (size > 0 && text[size - 1] == '\n')
        size--;
    size_t from = size;
    while (from > 0 && text[from - 1] != '\n')
        from--;
    if (strncmp(text + from, "kith: ", 6) == 0 && size - from > 6)
        from += 6;
    else if (j->status == 404)
        return "nothing of that name is there";
    snprintf(out, 1024, "%.*s", (int)(size - from), text + from);
    return out[0] != '\0' && kith_utf8_valid(out, strlen(out)) ? out : "the worker ended and gave no reason; ask for less at once";
}

static const char *type_of(const job *j)
{
    static const struct { const char *form, *type; } types[] = {
        { "svg", "image/svg+xml" }, { "pdf", "application/pdf" }, { "png", "image/png" },
        { "html", "text/html; charset=utf-8" }, { "dot", "text/vnd.graphviz" },
        { "graphml", "application/xml" }, { "geojson", "application/geo+json" },
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].form, j->form) == 0)
            return types[i].type;
    return "application/json";
}

/* {"said": ["...", ...]} */
static enum MHD_Result answer_said(exchange *e, job *j)
{
    kith_text body = { 0 };
    char *line, *rest = NULL;

    kith_text_add(&body, "{\"said\": [");
    for (line = strtok_r(j->said.data, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (body.data[body.size - 1] != '[')
            kith_text_add(&body, ", ");
        kith_text_add_json(&body, strncmp(line, "kith: ", 6) == 0 ? line + 6 : line);
    }
    kith_text_add(&body, "]}\n");
    const enum MHD_Result result =
        body.failed ? MHD_NO : answer_bytes(e, 200, "application/json", body.data, body.size);
    kith_text_free(&body);
    return result;
}

/* Gives the library what has come of the answer; waits when nothing has. */
static ssize_t stream_answer(void *context, uint64_t position, char *out, size_t room)
{
    exchange *e = context;
    job *j = e->work;

    (void)position;
    if (j == NULL)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const size_t unsent = job_unsent(j), size = unsent < room ? unsent : room;
    if (size == 0 && j->state == JOB_ENDED)
        return j->status == 200 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
    if (size == 0) {
        exchange_suspend(e);
        return 0;
    }
    memcpy(out, j->answer.data + j->sent, size);
    j->sent += size;
    return (ssize_t)size;
}

static enum MHD_Result answer_file(exchange *e, const job *j, const char *bytes, size_t size)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_MUST_COPY);
    char name[64];

    if (response == NULL)
        return MHD_NO;
    answer_headers(response, false);
    snprintf(name, sizeof name, "attachment; filename=\"kith.%s\"", j->form);
    MHD_add_response_header(response, "Content-Type", type_of(j));
    MHD_add_response_header(response, "Content-Disposition", name);
    return answer_queue(e, 200, response);
}

static enum MHD_Result answer_stream_of(exchange *e, job *j)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 32 << 10, stream_answer, e, NULL);
    char name[64];

    if (response == NULL)
        return MHD_NO;
    j->streaming = true;
    answer_headers(response, false);
    MHD_add_response_header(response, "Content-Type", type_of(j));
    if (j->way->answer == ANSWER_FILE) {
        snprintf(name, sizeof name, "attachment; filename=\"kith.%s\"", j->form);
        MHD_add_response_header(response, "Content-Disposition", name);
    }
    return answer_queue(e, 200, response);
}

/* A job has ended, or has more than is held back. */
static enum MHD_Result answer_job(exchange *e)
{
    job *j = e->work;
    char sentence[1024];

    if (j->way == NULL)
        return account_signed_in(e->of, e, j);
    if (j->state != JOB_ENDED && job_unsent(j) < ANSWER_HELD) {
        exchange_suspend(e);
        return MHD_YES;
    }
    if (j->state != JOB_ENDED)
        return answer_stream_of(e, j);
    if (j->status == 422 && job_unsent(j) > 0)
        return answer_bytes(e, 422, "application/json", j->answer.data, j->answer.size);
    if (j->status != 200)
        return answer_fail(e, j->status, sentence_of(j, sentence));
    if (j->way->answer == ANSWER_SAID)
        return answer_said(e, j);
    if (j->way->answer == ANSWER_FILE)
        return answer_file(e, j, j->answer.data, j->answer.size);
    return answer_bytes(e, 200, "application/json", j->answer.data, j->answer.size);
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
        return answer_job(e);
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

static enum MHD_Result handle_api(server *s, exchange *e, const char *method, const char *path)
{
    session *who = session_of(s, header(e, "Cookie"));
    enum MHD_Result result;

    if (strcmp(method, "POST") == 0 && !is_json(e))
        return answer_fail(e, 415, "the body's Content-Type is application/json");
    if (who != NULL && !session_may_ask(who))
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
    if (e->from != NULL)
        e->from->known = true;
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
    const size_t whole = length != NULL ? (size_t)strtoull(length, NULL, 10) : BODY_MOST;

    if (e->body.size + size > BODY_MOST)
        e->refused = true;
    else if (e->body.room > 0 || kith_text_grow(&e->body, whole)) /* once: no copies are left behind */
        kith_text_add_bytes(&e->body, data, size);
    sodium_memzero((char *)data, size);
}

/* The headers are there. Refused at once is what comes from elsewhere, and a body that is too long. */
static enum MHD_Result begin(server *s, exchange *e, const char *method)
{
    const char *length = header(e, "Content-Length");
    const bool post = strcmp(method, "POST") == 0;

    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return answer_fail(e, 405, "GET and POST are answered");
    if (!is_ours(s, e, post))
        return answer_fail(e, 403, "this request does not come from the viewer's own page");
    if (length != NULL && strtoull(length, NULL, 10) > (post ? BODY_MOST : 0))
        return answer_fail(e, 413, "the body is longer than 1 MB");
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
        return answer_fail(e, 413, "the body is longer than 1 MB");
    return e->work != NULL ? answer_job(e) : handle(s, e, method, path);
}
