/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_options.c: words of the command line to the fields of a layer. */
#include "layer_options.h"

#include <stdlib.h>
#include <string.h>

#include "kith/retention.h"

/* Place of text in "a|b|c". */
static int choice_at(const char *choices, const char *text)
{
    const size_t size = strlen(text);
    int at = 0;

    for (const char *p = choices; strncmp(p, text, size) != 0 || (p[size] != '|' && p[size] != '\0');
         at++)
        p = strchr(p, '|') + 1;
    return at;
}

kith_status layer_rules_read(kith_layer_options *options, layer_lists *lists, kith_call *call,
                             kith_error *err)
{
    *lists = (layer_lists){ 0 };
    *options = (kith_layer_options){
        .layer = KITH_LAYER_TOGETHER,
        .who = (kith_who)choice_at("children|adults|all", call_text(call, "who")),
        .raw = call_flag(call, "raw") || call_flag(call, "unweighted"),
        .unweighted = call_flag(call, "unweighted"),
        .every = call_knows(call, "every") && call_flag(call, "every"),
        .size_cap = (uint32_t)call_integer(call, "size-cap"),
    };
    call->view.all_dates = options->raw;
    kith_status status = call_list(&lists->kinds, &options->kind_count, call, "kinds", err);
    if (status == KITH_OK)
        status = call_list(&lists->roles, &options->role_count, call, "roles", err);
    options->kinds = (const char *const *)lists->kinds;
    options->roles = (const char *const *)lists->roles;
    if (status != KITH_OK)
        layer_options_free(lists);
    return status;
}

kith_status layer_options_read(kith_layer_options *options, layer_lists *lists, kith_call *call,
                               kith_error *err)
{
    const kith_status status = layer_rules_read(options, lists, call, err);

    options->layer = (kith_layer_name)choice_at("links|together|presence|events|all",
                                                call_text(call, "layer"));
    options->no_isolates = call_flag(call, "no-isolates");
    return status;
}

void layer_options_free(layer_lists *lists)
{
    free(lists->kinds);
    free(lists->roles);
    free(lists->expired);
    *lists = (layer_lists){ 0 };
}

kith_status layer_options_leave_expired(kith_layer_options *options, layer_lists *lists, const kith_call *call,
                                        const kith_network *network, kith_error *err)
{
    size_t count;
    const kith_status status = kith_retention_expired(&lists->expired, &count, call->store, network, err);

    options->expired = lists->expired;
    return status;
}

void layer_options_facts(const kith_layer_options *options, const kith_call *call, kith_table *table)
{
    static const struct {
        const char *name, *weights;
    } layers[] = {
        [KITH_LAYER_LINKS] = { "links", "as given, else 1; links of a pair add up" },
        [KITH_LAYER_TOGETHER] = { "together",
                                  "shared events 1/(n-1) for n people; declared peer ties 1" },
        [KITH_LAYER_PRESENCE] = { "presence", "each event at a place 1; declared links 1" },
        [KITH_LAYER_EVENTS] = { "events", "each person in an event 1" },
        [KITH_LAYER_ALL] = { "all", "links as given, else 1; each event 1" },
    };

    kith_table_fact(table, "layer", "%s", layers[options->layer].name);
    kith_table_fact(table, "weights", "%s",
                    options->unweighted    ? "every tie 1"
                    : options->raw         ? "as given; each shared event 1"
                    : options->no_declared ? "shared events 1/(n-1) for n people"
                                           : layers[options->layer].weights);
    if (options->layer == KITH_LAYER_TOGETHER && !options->raw)
        kith_table_fact(table, "who", "%s; events of more than %u people tie nobody%s",
                        call_text(call, "who"), options->size_cap,
                        options->every ? "; every kind of event and every role ties" : "");
    if (options->kinds != NULL)
        kith_table_fact(table, "kinds", "%s", call_text(call, "kinds"));
    if (options->roles != NULL)
        kith_table_fact(table, "roles", "%s", call_text(call, "roles"));
}

void layer_options_notes(const kith_layer_options *options, const kith_network *network,
                         kith_table *table)
{
    for (size_t i = 0; i < options->kind_count; i++)
        if (!kith_network_has_kind(network, options->kinds[i]))
            kith_table_note(table, "no event or link of the kind \"%s\" is among the records",
                            options->kinds[i]);
    for (size_t i = 0; i < options->role_count; i++)
        if (!kith_network_has_role(network, options->roles[i]))
            kith_table_note(table, "nobody is in the role \"%s\" among the records",
                            options->roles[i]);
}

static kith_status open_layer(layer_call *opened, kith_call *call, kith_table *table, bool present,
                              kith_error *err)
{
    *opened = (layer_call){ 0 };
    kith_status status = layer_options_read(&opened->options, &opened->lists, call, err);
    if (status == KITH_OK)
        status = kith_network_build(&opened->network, call->store, &call->view, err);
    if (status == KITH_OK && present)
        status = layer_options_leave_expired(&opened->options, &opened->lists, call, &opened->network, err);
    if (status == KITH_OK)
        status = kith_layer_build(&opened->layer, &opened->network, &opened->options, err);
    if (status != KITH_OK)
        return status;
    call_view_facts(call, table);
    layer_options_facts(&opened->options, call, table);
    call_note_window(call, &opened->network, table);
    layer_options_notes(&opened->options, &opened->network, table);
    if (opened->layer.expired_count > 0)
        kith_table_note(table, "%zu whose links and events have all ended before the window are left out; `kith "
                               "retention left` says who and why", opened->layer.expired_count);
    return KITH_OK;
}

kith_status layer_call_open(layer_call *opened, kith_call *call, kith_table *table,
                            kith_error *err)
{
    return open_layer(opened, call, table, false, err);
}

kith_status layer_call_open_present(layer_call *opened, kith_call *call, kith_table *table,
                                    kith_error *err)
{
    return open_layer(opened, call, table, true, err);
}

static kith_status open_bare(layer_call *opened, kith_call *call, kith_table *table,
                             kith_bare_ask *ask, kith_error *err)
{
    *opened = (layer_call){ 0 };
    kith_status status = layer_options_read(&opened->options, &opened->lists, call, err);
    if (status == KITH_OK)
        status = ask != NULL ? kith_bare_read_events(&opened->layer, &opened->network, call->store, &call->view,
                                                     &opened->options, ask, call, err)
                             : kith_bare_read(&opened->layer, &opened->network, call->store, &call->view,
                                              &opened->options, err);
    if (status != KITH_OK)
        return status;
    call_view_facts(call, table);
    layer_options_facts(&opened->options, call, table);
    call_note_window(call, &opened->network, table);
    return KITH_OK;
}

kith_status layer_call_open_bare(layer_call *opened, kith_call *call, kith_table *table,
                                 kith_error *err)
{
    return open_bare(opened, call, table, NULL, err);
}

kith_status layer_call_open_events(layer_call *opened, kith_call *call, kith_table *table,
                                   kith_bare_ask *ask, kith_error *err)
{
    return open_bare(opened, call, table, ask, err);
}

void layer_call_close(layer_call *opened)
{
    kith_layer_free(&opened->layer);
    kith_network_free(&opened->network);
    layer_options_free(&opened->lists);
}
