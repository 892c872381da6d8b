/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: who is signed in, and with what.
 *
 * A session is known by two tokens of 256 bits: one in a cookie, which no script reads, and one that the page
 * keeps and sends in a header. A cookie knows no port, so the browser shows it to whatever else listens on this
 * computer; what the page keeps belongs to its origin, port and all. Neither is worth anything alone.
 * The unlocked key lies in guarded memory (libsodium: locked, between pages that cannot be touched, left
 * out of dumps) and is wiped at sign-out, lock and time-out. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "serve_private.h"

int64_t now_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void token_make(char token[TOKEN_SIZE])
{
    unsigned char bytes[(TOKEN_SIZE - 1) / 2];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(token, TOKEN_SIZE, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
}

bool token_equal(const char *a, const char *b)
{
    return strlen(a) == TOKEN_SIZE - 1 && strlen(b) == TOKEN_SIZE - 1 && sodium_memcmp(a, b, TOKEN_SIZE - 1) == 0;
}

/* The one that is missed least: signed out before locked before signed in, then the longest unused. */
static session *least_missed(const server *s)
{
    session *least = NULL;

    for (session *who = s->sessions; who != NULL; who = who->next) {
        const int worth = who->state == SIGNED_OUT ? 0 : who->state == LOCKED ? 1 : 2;
        const int least_worth = least == NULL ? 3 : least->state == SIGNED_OUT ? 0 : least->state == LOCKED ? 1 : 2;
        if (worth < least_worth || (worth == least_worth && who->used < least->used))
            least = who;
    }
    return least;
}

session *session_new(server *s)
{
    session *who = calloc(1, sizeof *who);

    if (who == NULL)
        return NULL;
    if (s->session_count >= SESSIONS_MOST)
        session_drop(s, least_missed(s));
    token_make(who->token);
    token_make(who->page);
    who->used = who->since = who->allowance_at = now_milliseconds();
    who->allowance = BURST;
    who->next = s->sessions;
    s->sessions = who;
    s->session_count++;
    return who;
}

/* Behind a front only a page over TLS of that very host can have set it: browsers see to the prefix. */
const char *cookie_name(const server *s)
{
    return s->options.origin != NULL ? "__Host-kith=" : "kith=";
}

/* Where the token begins in a Cookie header; NULL when it is not there exactly once. */
static const char *cookie_value(const char *cookies, const char *name)
{
    const char *found = NULL;

    for (const char *at = cookies; at != NULL && *at != '\0'; at = strchr(at, ';')) {
        at += strspn(at, "; ");
        if (strncmp(at, name, strlen(name)) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = at + strlen(name);
    }
    return found;
}

session *session_of(server *s, const char *cookies, const char *page)
{
    const char *value = cookies != NULL ? cookie_value(cookies, cookie_name(s)) : NULL;
    char token[TOKEN_SIZE];
    session *found = NULL;

    if (value == NULL || strcspn(value, "; ") != TOKEN_SIZE - 1 || page == NULL)
        return NULL;
    memcpy(token, value, TOKEN_SIZE - 1);
    token[TOKEN_SIZE - 1] = '\0';
    for (session *who = s->sessions; who != NULL; who = who->next)
        if (token_equal(who->token, token) && token_equal(who->page, page))
            found = who;
    sodium_memzero(token, sizeof token);
    return found;
}

void session_forget_key(session *who)
{
    sodium_free(who->unlocked); /* wipes it */
    who->unlocked = NULL;
    kith_text_clear(&who->me);
}

void session_hold(session *who)
{
    who->holders++;
}

static void session_free(session *who)
{
    session_forget_key(who);
    kith_text_free(&who->me);
    sodium_memzero(who, sizeof *who);
    free(who);
}

void session_release(session *who)
{
    if (--who->holders == 0 && who->gone)
        session_free(who);
}

void session_drop(server *s, session *who)
{
    session **at = &s->sessions;

    jobs_of_session_end(s, who);
    while (*at != who)
        at = &(*at)->next;
    *at = who->next;
    s->session_count--;
    session_forget_key(who);
    who->state = SIGNED_OUT;
    who->gone = true;
    if (who->holders == 0)
        session_free(who);
}

bool session_may_ask(session *who)
{
    const int64_t now = now_milliseconds();

    who->allowance += (double)(now - who->allowance_at) / 1000 * RATE;
    if (who->allowance > BURST)
        who->allowance = BURST;
    who->allowance_at = now;
    if (who->allowance < 1)
        return false;
    who->allowance -= 1;
    return true;
}

void sessions_tick(server *s)
{
    const int64_t now = now_milliseconds();
    session *next;

    for (session *who = s->sessions; who != NULL; who = next) {
        const int64_t idle = now - who->used;
        const int64_t stay = now - who->since;
        next = who->next;
        if (who->state == SIGNED_IN && !s->options.open_hub &&
            (idle >= s->options.idle_seconds * 1000LL || stay >= s->options.longest_seconds * 1000LL)) {
            jobs_of_session_end(s, who);
            session_forget_key(who);
            who->state = LOCKED;
        } else if (who->state != SIGNED_IN && idle >= LOCKED_SECONDS * 1000LL) {
            session_drop(s, who);
        }
    }
}
