/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: `kith explain`: which terms, of which records, a figure is made of. */
#include "kith/explain.h"

#include <string.h>

#include "commands.h"
#include "weigh.h"

static kith_status find_context(int *context, const char *word, kith_error *err)
{
    for (*context = 0; *context < KITH_CONTEXT_COUNT; ++*context)
        if (strcmp(kith_context_name[*context], word) == 0)
            return KITH_OK;
    return kith_fail(err, KITH_USAGE,
                     "%s is not a context; home, peer, school, neighbourhood or online is expected",
                     word);
}

static kith_status explain_share(kith_table *table, kith_call *call, kith_error *err)
{
    kith_contexts contexts = { 0 };
    kith_weigh weigh = { .lead = -1 };
    int context;
    kith_status status = find_context(&context, call->operands[2], err);

    if (status == KITH_OK)
        status = weigh_subject(&contexts, &weigh, table, call, call->operands[1], err);
    if (status == KITH_OK)
        status = kith_explain_share(table, &contexts, &weigh, context, err);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    return status;
}

/* The window of `hotspots`, unless one was given. */
static kith_view place_view(const kith_call *call)
{
    kith_view view = call->view;

    if (!call_given(call, "since") && !call_given(call, "window"))
        view.since = view.as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;
    return view;
}

static kith_status explain_place(kith_table *table, kith_call *call, kith_error *err)
{
    kith_network network;
    uint32_t place;

    call->view = place_view(call);
    const kith_hotspots_options options = { .since = call->view.since };
    kith_status status = kith_network_build(&network, call->store, &call->view, err);
    if (status != KITH_OK)
        return status;
    status = kith_network_find(&place, &network, call->operands[1], err);
    if (status == KITH_OK) {
        kith_table_fact(table, "place", "%s", network.things[place].id);
        call_view_facts(call, table);
        call_note_window(call, &network, table);
        status = kith_explain_place(table, &network, &options, place, err);
    }
    kith_network_free(&network);
    return status;
}

static const struct what {
    const char *name, *operands;
    int count; /* operands, with the name */
    kith_status (*explain)(kith_table *table, kith_call *call, kith_error *err);
} whats[] = {
    { "share", "ID CONTEXT", 3, explain_share },
    { "place", "ID", 2, explain_place },
};

static kith_status run(kith_call *call, kith_error *err)
{
    const struct what *what = NULL;
    kith_table table = { 0 };

    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (strcmp(whats[i].name, call->operands[0]) == 0)
            what = &whats[i];
    if (what == NULL)
        return kith_fail(err, KITH_USAGE,
                         "%s cannot be explained; `kith explain --help` lists what can",
                         call->operands[0]);
    if (call->operand_count != what->count)
        return kith_fail(err, KITH_USAGE, "explain %s takes %s", what->name, what->operands);
    kith_status status = what->explain(&table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

const kith_command command_explain = {
    .name = "explain",
    .summary = "the terms and records behind a share or a place's rank",
    .operands = "share ID CONTEXT | place ID",
    .least = 1,
    .most = 3,
    .hub = HUB_READ,
    .about = "share ID CONTEXT  the share of one context in `weigh ID`\n"
             "place ID          the children and events that a place's rank in `hotspots` goes by\n"
             "\n"
             "The values of all rows add up to the figure. A record_id is what `show` lists.",
    .example = "kith explain share G2 school --as-of 2022-06-30\n"
               "kith explain place L01 --as-of 2021-07-31",
    .run = run,
};
