/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.c: `kith path`. */
#include "kith/path.h"

#include <string.h>

#include "commands.h"
#include "layer_options.h"

enum { LAYERS = 3 };

static const kith_layer_name usual[LAYERS] = { KITH_LAYER_LINKS, KITH_LAYER_TOGETHER,
                                               KITH_LAYER_PRESENCE };

static const struct {
    const char *word;
    kith_layer_name layer;
} words[] = { { "links", KITH_LAYER_LINKS },
              { "together", KITH_LAYER_TOGETHER },
              { "presence", KITH_LAYER_PRESENCE },
              { "events", KITH_LAYER_EVENTS },
              { "all", KITH_LAYER_ALL } };

/* The layers that are searched: the usual three, or the one asked for. */
static size_t choose(kith_layer_name chosen[LAYERS], const char *word)
{
    memcpy(chosen, usual, sizeof usual);
    if (strcmp(word, "usual") == 0)
        return LAYERS;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, word) == 0)
            chosen[0] = words[i].layer;
    return 1;
}

static void add_facts(kith_table *table, const kith_call *call, bool raw)
{
    const char *layer = call_text(call, "layer");

    call_view_facts(call, table);
    kith_table_fact(table, "layers", "%s",
                    strcmp(layer, "usual") == 0 ? "links, together and presence" : layer);
    kith_table_fact(table, "weights", "%s",
                    call_flag(call, "unweighted") ? "every tie 1"
                    : raw                         ? "as given; each shared event 1"
                          : "evidence: severity x reliability x recency, one report once");
}

/* The strongest route, or all of the fewest steps. */
static kith_status find(kith_table *table, const kith_call *call, const kith_layer *layers,
                        size_t count, uint32_t from, uint32_t to, bool raw, kith_error *err)
{
    kith_path path = { 0 };
    kith_paths paths = { 0 };
    kith_status status;

    if (call_flag(call, "all-shortest")) {
        status = kith_path_fewest(&paths, layers, count, from, to, raw, err);
        if (status == KITH_OK)
            status = kith_paths_report(table, &paths, (size_t)call_integer(call, "most"), err);
    } else {
        status = kith_path_find(&path, layers, count, from, to, raw, err);
        if (status == KITH_OK)
            status = kith_path_report(table, &path, err);
    }
    kith_path_free(&path);
    kith_paths_free(&paths);
    return status;
}

static kith_status search(kith_table *table, kith_call *call, const kith_network *network,
                          kith_layer_options *options, kith_error *err)
{
    kith_layer layers[LAYERS] = { 0 };
    kith_layer_name chosen[LAYERS];
    uint32_t from, to;
    const size_t count = choose(chosen, call_text(call, "layer"));

    kith_status status = kith_network_find(&from, network, call->operands[0], err);
    if (status == KITH_OK)
        status = kith_network_find(&to, network, call->operands[1], err);
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        options->layer = chosen[i];
        status = kith_layer_build(&layers[i], network, options, err);
    }
    if (status == KITH_OK)
        status = find(table, call, layers, count, from, to, options->raw, err);
    for (size_t i = 0; i < count; i++)
        kith_layer_free(&layers[i]);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_layer_options options;
    layer_lists lists;
    kith_network network = { 0 };
    kith_table table = { .title = call_flag(call, "all-shortest") ? "The routes of fewest steps"
                                                                  : "The strongest route" };

    kith_status status = layer_rules_read(&options, &lists, call, err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status != KITH_OK)
        goto out;
    add_facts(&table, call, options.raw);
    call_note_window(call, &network, &table);
    layer_options_notes(&options, &network, &table);
    status = search(&table, call, &network, &options, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);

out:
    kith_table_free(&table);
    kith_network_free(&network);
    layer_options_free(&lists);
    return status;
}

static const option_row options[] = {
    { "layer", OPTION_CHOICE, .choices = "usual|links|together|presence|events|all",
      .initial = "usual",
      .help = "where to search: links, together and presence; or one network alone" },
    { "all-shortest", OPTION_FLAG, .help = "all routes of the fewest steps, the strongest first" },
    { "most", OPTION_INTEGER, .low = 1, .high = 10000, .initial = "10", .unit = "N",
      .help = "with --all-shortest: routes to list" },
    LAYER_RULES_WHO("all"),
    OPTION_END
};

const kith_command command_path = {
    .name = "path",
    .summary = "how two are connected, by the strongest route",
    .operands = "A B",
    .least = 2,
    .most = 2,
    .hub = HUB_READ,
    .options = options,
    .about =
        "Finds the route of strongest evidence between two people, places, groups or objects: a\n"
        "tie of weight w is a road of length 1/w. Each step names its records and how it would\n"
        "be drawn. Being named in one report joins nobody, unless --layer events or all is asked\n"
        "for. --kinds goes by chosen kinds of links and events only; --all-shortest lists all "
        "routes\n"
        "of the fewest steps. Where no route is recorded it says so.",
    .example = "kith path P072 P001 --as-of 2021-07-31\n"
               "kith path P072 P001 --all-shortest --as-of 2021-07-31\n"
               "kith path P001 location:L01 --layer links --kinds frequents,lives_at",
    .run = run,
};
