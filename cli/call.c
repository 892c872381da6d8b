/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c: what every command says in the same way. */
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "disclose.h"
#include "kith/access.h"
#include "kith/date.h"

static kith_names names_of(const char *text)
{
    kith_names names = KITH_NAMES_FULL;

    while (strcmp(kith_names_word(names), text) != 0)
        names++;
    return names;
}

kith_status call_prepare_for(kith_call *call, const char *audience, kith_error *err)
{
    const char *names = call_text(call, "names");
    const kith_status status = kith_audience_find(&call->audience, call->policy, audience, err);

    if (status != KITH_OK)
        return status;
    call->view.audience = audience;
    kith_audience_view(&call->view, call->audience);
    call->names = names != NULL ? names_of(names) : call->audience->names;
    if (call->names < call->audience->names_most)
        return kith_fail(err, KITH_POLICY, "the audience %s is given no more than --names %s; ask for "
                                           "that, or change the policy", call->audience->name,
                         kith_names_word(call->audience->names_most));
    return call->store != NULL ? kith_member_view(&call->view, call->store, call->member, call->audience, err)
                               : KITH_OK;
}

kith_status call_may_count(const kith_call *call, const char *what, kith_error *err)
{
    if (call->audience->small == 0)
        return KITH_OK;
    return kith_fail(err, KITH_POLICY,
                     "%s is made from counts, and the audience %s is given none from 1 to %d; `kith hotspots` gives it "
                     "places with classes of counts, and `kith policy --audiences` says who is given all",
                     what, call->audience->name, call->audience->small - 1);
}

kith_status call_print(kith_call *call, const kith_table *table, kith_error *err)
{
    kith_status status = disclose_table(call, table, err);

    if (status == KITH_OK)
        status = kith_table_write(call->out, call->quiet ? NULL : stderr, table, call->format, err);

    call->answered |= status == KITH_OK;
    return status;
}

void call_view_facts(const kith_call *call, kith_table *table)
{
    char since[KITH_TIME_SIZE], as_of[KITH_TIME_SIZE];

    if (call->view.all_dates) {
        kith_table_fact(table, "dates", "all");
        return;
    }
    kith_day_write(since, call->view.since);
    kith_day_write(as_of, call->view.as_of);
    kith_table_fact(table, "as_of", "%s", as_of);
    kith_table_fact(table, "window", "%s to %s, %d days", since, as_of,
                    call->view.as_of - call->view.since + 1);
    if (call->view.purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", call->view.purpose);
}

void call_note_window(const kith_call *call, const kith_network *network, kith_table *table)
{
    char newest[KITH_TIME_SIZE];

    if (call->view.all_dates || network->newest_day == INT32_MIN ||
        network->newest_day >= call->view.since)
        return;
    kith_day_write(newest, network->newest_day);
    kith_table_note(table, "everything recorded is older than the window: try --as-of %s", newest);
    if (call->format == KITH_FORMAT_JSON)
        call_say(call, "everything recorded is older than the window: try --as-of %s", newest);
}

void call_say(const kith_call *call, const char *format, ...)
{
    va_list args;

    if (call->quiet)
        return;
    va_start(args, format);
    fputs("kith: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t progress_shown = -1; /* when the line was last drawn; -1: there is none */

static int progress_descriptor = -1; /* of a worker: where its server listens */

void call_progress_on(int descriptor)
{
    progress_descriptor = descriptor;
}

/* A line is short enough to be written whole; a server that does not listen misses it. */
static void tell_server(const char *what, uint64_t done, uint64_t total)
{
    char line[256];
    const int size = snprintf(line, sizeof line, "%llu %llu %.160s\n", (unsigned long long)done,
                              (unsigned long long)total, what);

    if (write(progress_descriptor, line, (size_t)size) < 0)
        progress_descriptor = -1;
}

void call_progress(const kith_call *call, const char *what, uint64_t done, uint64_t total)
{
    const int64_t now = milliseconds();

    if (progress_shown >= 0 && now - progress_shown < 100)
        return;
    if (progress_descriptor >= 0) {
        progress_shown = now;
        tell_server(what, done, total);
        return;
    }
    if (call->quiet || !isatty(STDERR_FILENO))
        return;
    progress_shown = now;
    if (total > 0)
        fprintf(stderr, "\r\033[K%s: %d %%", what, (int)(100.0 * (double)done / (double)total));
    else
        fprintf(stderr, "\r\033[K%s: %llu", what, (unsigned long long)done);
    fflush(stderr);
}

void call_progress_end(const kith_call *call)
{
    if (progress_shown >= 0 && !call->quiet && progress_descriptor < 0)
        fputs("\r\033[K", stderr);
    progress_shown = -1;
}

static void tell(void *context, const char *what, uint64_t done, uint64_t total)
{
    call_progress(context, what, done, total);
}

kith_progress call_progress_to(const kith_call *call)
{
    return (kith_progress){ tell, (void *)call };
}
