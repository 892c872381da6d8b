/* SPDX-License-Identifier: GPL-3.0-or-later */
/* account.c: links, signing in, locking, signing out. */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "serve_private.h"

enum { REFUSALS = 5, REFUSED_SECONDS = 30 };

static const char *state_word(const session *who)
{
    return who == NULL || who->state == SIGNED_OUT ? "signed-out" : who->state == LOCKED ? "locked" : "signed-in";
}

enum MHD_Result answer_state(exchange *e, const session *who)
{
    kith_text body = { 0 };

    kith_text_format(&body, "{\"error\": \"sign in first\", \"state\": \"%s\"}\n", state_word(who));
    const enum MHD_Result result = body.failed ? MHD_NO : answer_bytes(e, 403, "application/json", body.data, body.size);
    kith_text_free(&body);
    return result;
}

/* Until the lock, if nothing is asked. */
static long long seconds_left(const server *s, const session *who)
{
    const int64_t now = now_milliseconds();
    const long long idle = s->options.idle_seconds - (now - who->used) / 1000;
    const long long stay = s->options.longest_seconds - (now - who->since) / 1000;

    return idle < stay ? idle : stay;
}

/* page: with the token that the page keeps, which is told once. */
static void describe(kith_text *out, const server *s, const session *who, bool page)
{
    char today[KITH_TIME_SIZE];
    const char *hub = strrchr(s->hub, '/');
    const bool in = who != NULL && who->state == SIGNED_IN;

    kith_day_write(today, kith_today());
    kith_text_format(out, "{\"state\": \"%s\", \"user\": ", state_word(who));
    kith_text_add_json(out, who != NULL ? who->user : "");
    kith_text_add(out, ", \"hub\": ");
    kith_text_add_json(out, hub != NULL ? hub + 1 : s->hub);
    kith_text_format(out, ", \"open_hub\": %s, \"idle_seconds\": %lld, \"lock_seconds\": %d, \"today\": \"%s\", "
                          "\"version\": \"" KITH_VERSION "\", \"me\": %s",
                     s->options.open_hub ? "true" : "false",
                     in ? seconds_left(s, who) : 0LL, s->options.idle_seconds, today,
                     in && who->me.size > 0 ? kith_text_string(&who->me) : "null");
    kith_text_format(out, page ? ", \"page\": \"%s\"}\n" : "}\n", page ? who->page : "");
}

/* SameSite=Strict: no page of another site makes the browser send it. who: NULL for an empty one. */
static void write_cookie(char out[256], const server *s, const session *who)
{
    snprintf(out, 256, "%s%s; Path=/; HttpOnly; SameSite=Strict%s", cookie_name(s), who != NULL ? who->token : "",
             s->options.origin == NULL ? "" : "; Secure");
}

/* new: with its tokens. */
static enum MHD_Result answer_session(server *s, exchange *e, const session *who, bool new)
{
    kith_text body = { 0 };
    char line[256];
    enum MHD_Result result = MHD_NO;

    describe(&body, s, who, new);
    if (new)
        write_cookie(line, s, who);
    if (!body.failed)
        result = new ? answer_cookie(e, 200, line, NULL, &body)
                     : answer_bytes(e, 200, "application/json", body.data, body.size);
    if (body.data != NULL)
        sodium_memzero(body.data, body.size);
    kith_text_free(&body);
    return result;
}

static session *open_session(server *s)
{
    session *who = session_new(s);

    if (who != NULL && s->options.open_hub) {
        who->state = SIGNED_IN;
        snprintf(who->user, sizeof who->user, "open");
    }
    return who;
}

bool account_start(enum MHD_Result *result, server *s, exchange *e, const char *method, const char *path)
{
    const char *token = MHD_lookup_connection_value(e->connection, MHD_GET_ARGUMENT_KIND, "token");
    const kith_text nothing = { 0 };
    char line[256], place[TOKEN_SIZE + 16];

    if (strcmp(path, "/start") != 0 || strcmp(method, "GET") != 0)
        return false;
    if (s->options.origin != NULL || token == NULL || now_milliseconds() >= s->link_until ||
        !token_equal(token, s->link)) {
        notice(s, "refused: a link that is wrong, used or too old");
        *result = answer_fail(e, 403, "this link was used, or is too old; start `kith serve` again for another");
        return true;
    }
    s->link_until = 0;
    sodium_memzero(s->link, sizeof s->link);
    session *who = open_session(s);
    if (who == NULL) {
        *result = MHD_NO;
        return true;
    }
    write_cookie(line, s, who);
    snprintf(place, sizeof place, "/#page=%s", who->page); /* of which no browser tells a server */
    *result = answer_cookie(e, 303, line, place, &nothing);
    sodium_memzero(line, sizeof line);
    sodium_memzero(place, sizeof place);
    return true;
}

/* The row of a name that failed before; else the one that may go. */
static size_t refused_row(const server *s, const char *user)
{
    size_t oldest = 0;

    for (size_t i = 0; i < REFUSED_NAMES; i++) {
        if (strcmp(s->refused[i].user, user) == 0)
            return i;
        if (s->refused[i].until < s->refused[oldest].until)
            oldest = i;
    }
    return oldest;
}

static void count_refusal(server *s, const char *user)
{
    const size_t i = refused_row(s, user);
    const int64_t now = now_milliseconds();

    if (strcmp(s->refused[i].user, user) != 0 || now >= s->refused[i].until + 15 * 60 * 1000)
        s->refused[i].count = 0;
    snprintf(s->refused[i].user, sizeof s->refused[i].user, "%s", user);
    s->refused[i].count++;
    s->refused[i].until = now + (s->refused[i].count >= REFUSALS ? REFUSED_SECONDS * 1000 : 0);
}

static bool must_wait(const server *s, const char *user)
{
    const size_t i = refused_row(s, user);

    return strcmp(s->refused[i].user, user) == 0 && s->refused[i].count >= REFUSALS &&
           now_milliseconds() < s->refused[i].until;
}

/* What is typed, as the worker reads it: the kind, the name, a NUL, the secret. */
static bool fill_key(job *j, const json_t *asked)
{
    const char *user = json_string_value(json_object_get(asked, "user"));
    const char *typed = json_string_value(json_object_get(asked, "passphrase"));
    const char *file = json_string_value(json_object_get(asked, "key_file"));
    const char *held = typed != NULL ? typed : file;
    size_t size = 0;

    if (user == NULL || held == NULL || (typed != NULL && file != NULL) || json_object_size(asked) != 2 ||
        user[0] == '\0' || strlen(user) >= NAME_SIZE || strlen(held) > 80000)
        return false;
    j->key = sodium_malloc(strlen(held) + strlen(user) + 2);
    j->unlocked = sodium_malloc(KITH_UNLOCKED_SIZE);
    if (j->key == NULL || j->unlocked == NULL)
        return false;
    j->key[0] = typed != NULL ? KITH_WORKER_PASSPHRASE : KITH_WORKER_KEY_FILE;
    memcpy(j->key + 1, user, strlen(user) + 1);
    j->key_size = strlen(user) + 2;
    if (typed != NULL)
        memcpy(j->key + j->key_size, typed, size = strlen(typed));
    else if (sodium_base642bin(j->key + j->key_size, strlen(file), file, strlen(file), NULL, &size, NULL,
                               sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    j->key_size += size;
    snprintf(j->name_typed, sizeof j->name_typed, "%s", user);
    return size > 0 && j->key_size <= 65536;
}

static enum MHD_Result begin_sign_in(server *s, exchange *e, const json_t *asked)
{
    static const char words[] = "serve\0--me\0--format=json\0--quiet";
    const char *user = json_string_value(json_object_get(asked, "user"));

    if (user != NULL && must_wait(s, user)) {
        notice(s, "refused: a sign-in of a name that failed several times");
        return answer_fail(e, 429, "this name failed to sign in several times; wait half a minute");
    }
    if (!job_may_wait(s, NULL))
        return answer_fail(e, 429, "too many are signing in; try again");
    job *j = job_new(s, NULL, NULL, e);
    if (j == NULL)
        return MHD_NO;
    kith_text_add_bytes(&j->words, s->hub, strlen(s->hub) + 1);
    kith_text_add_bytes(&j->words, words, sizeof words);
    if (!fill_key(j, asked) || j->words.failed) {
        job_leave(s, j);
        return answer_fail(e, 400, "user, and passphrase or key_file, are expected");
    }
    e->work = j;
    jobs_start(s);
    exchange_suspend(e);
    return MHD_YES;
}

/* The worker has proved the name as it was typed. The old session of this browser ends: its token may be known elsewhere. */
enum MHD_Result account_signed_in(server *s, exchange *e, job *j)
{
    session *old = exchange_session(e);

    if (j->state != JOB_ENDED) {
        exchange_suspend(e);
        return MHD_YES;
    }
    if (j->status != 200 || j->unlocked_size != KITH_UNLOCKED_SIZE) {
        count_refusal(s, j->name_typed);
        notice(s, "refused: a sign-in whose name or key is not one that may");
        return answer_fail(e, j->status == 504 || j->status == 500 ? 503 : 403,
                           "the name, or the key file or passphrase, is not one that may sign in");
    }
    session *who = session_new(s);
    if (who == NULL)
        return MHD_NO;
    who->state = SIGNED_IN;
    snprintf(who->user, sizeof who->user, "%s", j->name_typed);
    who->unlocked = j->unlocked;
    j->unlocked = NULL;
    kith_text_add_bytes(&who->me, j->answer.data, j->answer.size);
    if (old != NULL)
        session_drop(s, old);
    return answer_session(s, e, who, true);
}

static enum MHD_Result lock(server *s, exchange *e, session *who)
{
    jobs_of_session_end(s, who);
    session_forget_key(who);
    if (!s->options.open_hub && who->state == SIGNED_IN)
        who->state = LOCKED;
    return answer_session(s, e, who, false);
}

/* A browser that came by the link, which works once, goes on with a session of nobody's. */
static enum MHD_Result sign_out(server *s, exchange *e, session *who)
{
    kith_text body = { 0 };
    char gone[256];

    session_drop(s, who);
    if (s->options.origin == NULL && !s->options.open_hub) {
        const session *next = session_new(s);
        return next != NULL ? answer_session(s, e, next, true) : MHD_NO;
    }
    describe(&body, s, NULL, false);
    write_cookie(gone, s, NULL);
    strcat(gone, "; Max-Age=0");
    const enum MHD_Result result = body.failed ? MHD_NO : answer_cookie(e, 200, gone, NULL, &body);
    kith_text_free(&body);
    return result;
}

static enum MHD_Result cancel(server *s, exchange *e, const session *who, const json_t *asked)
{
    const char *name = json_string_value(json_object_get(asked, "job"));
    job *j = name != NULL ? job_named(s, who, name) : NULL;

    if (j == NULL || j->state == JOB_ENDED)
        return answer_fail(e, 404, "nothing of that name is there");
    job_cancel(s, j);
    return answer_bytes(e, 200, "application/json", "{\"said\": []}\n", 13);
}

static enum MHD_Result handle_post(server *s, exchange *e, session *who, const char *path)
{
    kith_error err = { KITH_OK, "" };
    json_t *asked = NULL;
    enum MHD_Result result;

    if (words_read(&asked, e->connection, &e->body, &err) != KITH_OK)
        result = answer_fail(e, 400, err.message);
    else if (strcmp(path, "/api/sign-in") == 0)
        result = who == NULL && s->options.origin == NULL
                     ? answer_fail(e, 403, "this browser has no session; open the link that `kith serve` printed")
                 : s->options.open_hub ? answer_session(s, e, who, false)
                                       : begin_sign_in(s, e, asked);
    else if (who == NULL)
        result = answer_fail(e, 403, "this browser has no session");
    else if (strcmp(path, "/api/lock") == 0)
        result = lock(s, e, who);
    else if (strcmp(path, "/api/sign-out") == 0)
        result = sign_out(s, e, who);
    else
        result = who->state == SIGNED_IN ? cancel(s, e, who, asked) : answer_state(e, who);
    json_decref(asked);
    return result;
}

bool account_handle(enum MHD_Result *result, server *s, exchange *e, session *who, const char *method,
                    const char *path)
{
    static const char *const posts[] = { "/api/sign-in", "/api/sign-out", "/api/lock", "/api/cancel" };

    if (strcmp(method, "POST") == 0) {
        for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
            if (strcmp(path, posts[i]) == 0) {
                *result = handle_post(s, e, who, path);
                return true;
            }
        return false;
    }
    if (strcmp(path, "/api/session") == 0) {
        *result = who == NULL && s->options.origin == NULL
                      ? answer_fail(e, 403, "this browser has no session; open the link that `kith serve` printed")
                      : answer_session(s, e, who, false);
        return true;
    }
    if (strcmp(path, "/api/progress") != 0 || who == NULL || who->state != SIGNED_IN)
        return false;
    *result = events_begin(s, e, who, MHD_lookup_connection_value(e->connection, MHD_GET_ARGUMENT_KIND, "job"));
    return true;
}
