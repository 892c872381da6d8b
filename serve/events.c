/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events.c: how far a worker is, as server-sent events.
 *
 * One connection watches one job by the name that the client gave it, from before it begins if it
 * likes, and ends with it. Lines that come faster than they are sent are left out: the last counts. */
#include <string.h>

#include "serve_private.h"

enum { WAITED = 10000, SPOKEN = 15000 }; /* milliseconds: for a job to appear; between signs of life */

static void add_progress(exchange *e, const job *j)
{
    unsigned long long done = 0, total = 0;
    int at = 0;

    if (sscanf(j->progress, "%llu %llu %n", &done, &total, &at) < 2)
        return;
    kith_text_add(&e->events, "event: progress\ndata: {\"what\": ");
    kith_text_add_json(&e->events, kith_utf8_valid(j->progress + at, strlen(j->progress + at)) ? j->progress + at : "");
    kith_text_format(&e->events, ", \"done\": %llu, \"total\": %llu}\n\n", done, total);
}

static void add_end(exchange *e, int status)
{
    kith_text_format(&e->events, "event: end\ndata: {\"status\": %d}\n\n", status);
    e->last = true;
}

/* What there is to say now; nothing leaves e->events empty. */
static void gather(server *s, exchange *e)
{
    const job *j = job_named(s, e->watcher, e->watched);
    const int64_t now = now_milliseconds();

    if (e->last || e->events.size > 0)
        return;
    if (j != NULL && j->progress_count != e->seen) {
        e->seen = j->progress_count;
        add_progress(e, j);
    }
    if (j != NULL) {
        e->met = true;
        if (j->state == JOB_ENDED)
            add_end(e, j->status);
    } else if (e->met || now - e->began >= WAITED || e->watcher->gone) {
        add_end(e, e->met ? 200 : 404);
    }
    if (e->events.size == 0 && now - e->spoke >= SPOKEN)
        kith_text_add(&e->events, ": waiting\n\n");
}

static ssize_t stream_events(void *context, uint64_t position, char *out, size_t room)
{
    exchange *e = context;

    (void)position;
    if (e->abandoned)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    gather(e->of, e);
    if (e->events.failed)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (e->events.size == 0 && e->last)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (e->events.size == 0) {
        exchange_suspend(e);
        return 0;
    }
    const size_t size = e->events.size < room ? e->events.size : room;
    memcpy(out, e->events.data, size);
    memmove(e->events.data, e->events.data + size, e->events.size - size);
    e->events.size -= size;
    e->spoke = now_milliseconds();
    return (ssize_t)size;
}

static int count_watches(const server *s, const session *who)
{
    int count = 0;

    for (const client *c = s->clients; c != NULL; c = c->next)
        count += c->now != NULL && c->now->watches && c->now->watcher == who;
    return count;
}

enum MHD_Result events_begin(server *s, exchange *e, session *who, const char *name)
{
    if (count_watches(s, who) >= WATCHES_OF_USER)
        return answer_fail(e, 429, "too much is being watched already; wait for an end");
    if (name == NULL || name[0] == '\0' || strlen(name) >= sizeof e->watched)
        return answer_fail(e, 400, "job is missing, or too long");
    snprintf(e->watched, sizeof e->watched, "%s", name);
    session_hold(who);
    e->watcher = who;
    e->watches = true;
    e->began = e->spoke = now_milliseconds();
    return answer_stream(e, 200, "text/event-stream; charset=utf-8", stream_events);
}

void events_tick(server *s)
{
    for (client *c = s->clients; c != NULL; c = c->next)
        if (c->now != NULL && c->now->watches && c->now->suspended) {
            gather(s, c->now);
            if (c->now->events.size > 0)
                exchange_wake(c->now);
        }
}
