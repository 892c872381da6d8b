/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.c: `kith weigh`. */
#include "weigh.h"

#include "commands.h"
#include "kith/date.h"

static kith_view view_of(const kith_call *call)
{
    kith_view view = call->view;

    if (!call_given(call, "since") && !call_given(call, "window"))
        view.since = INT32_MIN;
    return view;
}

static void add_facts(kith_table *table, const kith_view *view, kith_kind kind, const char *id)
{
    char as_of[KITH_TIME_SIZE], since[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_table_fact(table, "subject", "%s %s", kith_kind_word[kind], id);
    kith_table_fact(table, "as_of", "%s", as_of);
    if (view->since == INT32_MIN) {
        kith_table_fact(table, "window", "none: items fade by their half-lives");
    } else {
        kith_day_write(since, view->since);
        kith_table_fact(table, "window", "%s to %s", since, as_of);
    }
    if (view->purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", view->purpose);
}

/* When all risk is older than the usual window, the shares rest on what has faded. */
static void note_age(kith_table *table, const kith_contexts *contexts, const kith_call *call)
{
    char newest[KITH_TIME_SIZE];
    const int32_t day = kith_contexts_newest_risk(contexts);

    if (day == INT32_MIN || day >= call->view.since)
        return;
    kith_day_write(newest, day);
    kith_table_note(
        table,
        "no risk is recorded after %s, so the shares rest on items that have faded: try --as-of %s",
        newest, newest);
    if (call->format == KITH_FORMAT_JSON)
        call_say(call, "no risk is recorded after %s: try --as-of %s", newest, newest);
}

kith_status weigh_subject(kith_contexts *contexts, kith_weigh *weigh, kith_table *table,
                          const kith_call *call, const char *id, kith_error *err)
{
    const kith_view view = view_of(call);

    *weigh = (kith_weigh){ .lead = -1 };
    kith_status status = kith_contexts_read(contexts, call->store, &view, id, err);
    if (status == KITH_OK)
        status = kith_weigh_build(weigh, contexts->items, contexts->count, view.as_of,
                                  &kith_weigh_default, err);
    if (status != KITH_OK)
        return status;
    add_facts(table, &view, contexts->kind, id);
    note_age(table, contexts, call);
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_contexts contexts;
    kith_weigh weigh;
    kith_table table = { 0 };
    kith_status status = weigh_subject(&contexts, &weigh, &table, call, call->operands[0], err);

    if (status == KITH_OK)
        status = kith_contexts_table(&table, &contexts, &weigh, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    return status;
}

const kith_command command_weigh = {
    .name = "weigh",
    .summary = "which context has most influence, as a prompt for discussion",
    .operands = "ID",
    .least = 1,
    .most = 1,
    .hub = HUB_READ,
    .about =
        "Weighs the context items recorded about one person, group or place: home, peer, school,\n"
        "neighbourhood, online, in this order. A share is of this subject's own evidence and may "
        "not\n"
        "be compared with another's. Strengths, opinions, and the items that the lead hangs on "
        "are\n"
        "listed with their records; `explain share` takes a share apart.\n"
        "\n"
        "Items fade by their half-lives, so no window cuts them unless --since or --window is "
        "given.",
    .example = "kith weigh G2 --as-of 2022-06-30\n"
               "kith weigh person:P010 --format csv",
    .run = run,
};
