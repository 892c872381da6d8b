/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_options.c: words of the command line to the fields of a layer. */
#include "layer_options.h"

#include <stdlib.h>
#include <string.h>

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
    *lists = (layer_lists){ 0 };
}

void layer_options_facts(const kith_layer_options *options, const kith_call *call, kith_table *table)
{
    static const char *const names[] = { "links", "together", "presence", "events", "all" };

    kith_table_fact(table, "layer", "%s", names[options->layer]);
    kith_table_fact(table, "weights", "%s",
                    options->unweighted ? "every tie 1"
                    : options->raw      ? "as given; each shared event 1"
                    : options->no_declared
                        ? "shared events 1/(n-1) for n people"
                        : "shared events 1/(n-1) for n people; declared peer ties 1");
    if (options->layer == KITH_LAYER_TOGETHER && !options->raw)
        kith_table_fact(table, "who", "%s; events of more than %u people tie nobody",
                        call_text(call, "who"), options->size_cap);
    if (options->kinds != NULL)
        kith_table_fact(table, "kinds", "%s", call_text(call, "kinds"));
    if (options->roles != NULL)
        kith_table_fact(table, "roles", "%s", call_text(call, "roles"));
}
