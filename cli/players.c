/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players.c: `kith players`: refused for children before anything is worked out. */
#include "players.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"

kith_status players_call_refuse_children(const kith_call *call, kith_error *err)
{
    if (strcmp(call_text(call, "who"), "adults") == 0)
        return KITH_OK;
    return kith_fail(err, KITH_POLICY,
                     "key players are asked for among adults alleged to harm only, never among "
                     "children: a child is not an offender to take out of a network, whatever is "
                     "alleged; most are harmed in it. `peers` shows children's groups and what "
                     "holds them together");
}

static int choice(const char *const *words, const char *text)
{
    int at = 0;

    while (strcmp(words[at], text) != 0)
        at++;
    return at;
}

/* The people named must all be adults alleged to harm; asked of children it declines. */
static kith_status admit(players_call *a, char *const *ids, size_t count, kith_error *err)
{
    a->given = malloc((count + 1) * sizeof *a->given);
    if (a->given == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        uint32_t thing, node;
        kith_status status = kith_network_find(&thing, &a->network, ids[i], err);
        if (status == KITH_OK)
            status = kith_suspects_admit(&node, &a->suspects, &a->network, thing, err);
        if (status != KITH_OK)
            return status;
        size_t at = a->given_count;
        while (at > 0 && a->given[at - 1] > node)
            at--;
        if (at > 0 && a->given[at - 1] == node)
            return kith_fail(err, KITH_USAGE, "%s is named twice; name each person once",
                             ids[i]);
        memmove(&a->given[at + 1], &a->given[at], (a->given_count - at) * sizeof *a->given);
        a->given[at] = node;
        a->given_count++;
    }
    return KITH_OK;
}

static kith_status find_people(players_call *a, kith_call *call, kith_table *table,
                               kith_error *err)
{
    static const char *const words[] = { "together", "links", "both" };
    const int ties = choice(words, call_text(call, "ties"));
    kith_layer_options *options = &a->options;

    kith_status status = kith_network_build(&a->network, call->store, &call->view, err);
    if (status != KITH_OK)
        return status;
    call_view_facts(call, table);
    call_note_window(call, &a->network, table);
    layer_options_notes(options, &a->network, table);
    if (!options->raw)
        return kith_suspects_find(&a->suspects, &a->network, (kith_suspect_ties)ties, options, err);
    options->layer = ties == KITH_SUSPECTS_LINKS ? KITH_LAYER_LINKS : KITH_LAYER_TOGETHER;
    options->who = KITH_WHO_ALL;
    status = kith_layer_build(&a->layer, &a->network, options, err);
    return status == KITH_OK ? kith_suspects_published(&a->suspects, &a->layer, err) : status;
}

kith_aim players_call_aim(const kith_call *call)
{
    static const char *const aims[] = { "fragment", "split", "reach", "contact" };

    return (kith_aim)choice(aims, call_text(call, "aim"));
}

kith_status players_call_open(players_call *opened, kith_call *call, char *const *ids, size_t count,
                              kith_table *table, kith_error *err)
{
    kith_layer_options *options = &opened->options;

    *opened = (players_call){ 0 };
    kith_status status = layer_rules_read(options, &opened->lists, call, err);
    if (status == KITH_OK && options->roles != NULL && !options->raw)
        status = kith_fail(err, KITH_USAGE,
                           "--roles is for --raw: without it the roles are alleged "
                           "and convicted perpetrator; leave it out");
    options->no_isolates = call_flag(call, "no-isolates");
    if (status == KITH_OK)
        status = find_people(opened, call, table, err);
    if (options->raw)
        table->title = "Key players of a published network";
    return status == KITH_OK ? admit(opened, ids, count, err) : status;
}

void players_call_close(players_call *opened)
{
    free(opened->given);
    kith_suspects_free(&opened->suspects);
    kith_layer_free(&opened->layer);
    kith_network_free(&opened->network);
    layer_options_free(&opened->lists);
}

static kith_status answer(const players_call *people, kith_table *table, const kith_call *call,
                          kith_error *err)
{
    const kith_progress progress = call_progress_to(call);
    const bool given = people->given_count > 0;
    const kith_players_options asked = {
        .aim = players_call_aim(call),
        .size = given ? people->given_count : (size_t)call_integer(call, "size"),
        .listed = (size_t)call_integer(call, "most"),
        .progress = &progress
    };

    const kith_status status = kith_players_report(
        table, &people->suspects, &people->network, &asked, given ? people->given : NULL,
        (int)call_integer(call, "resamples"), call->seed, err);
    call_progress_end(call);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    players_call people = { 0 };
    kith_table table = { .title = "Key players among adults alleged to harm" };

    kith_status status = players_call_refuse_children(call, err);
    if (status == KITH_OK)
        status = players_call_open(&people, call, call->operands, (size_t)call->operand_count,
                                   &table, err);
    if (status == KITH_OK)
        status = answer(&people, &table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    players_call_close(&people);
    return status;
}

static const option_row options[] = {
    PLAYERS_OPTIONS,
    { "size", OPTION_INTEGER, .low = 1, .high = 20, .initial = "1", .unit = "K",
      .help = "people in a set" },
    { "most", OPTION_INTEGER, .low = 1, .high = 1000, .initial = "10", .unit = "N",
      .help = "sets to list of those that are equally good" },
    { "resamples", OPTION_INTEGER, .low = 0, .high = 1000, .initial = "30", .unit = "N",
      .help = "for `chosen` and the interval of a rank" },
    LAYER_RULES_WHO("adults"),
    { "no-isolates", OPTION_FLAG, .help = "with --raw: leave out whoever has no tie" },
    OPTION_END
};

const kith_command command_players = {
    .name = "players",
    .summary = "key-player sets among adults alleged to harm",
    .operands = "[ID...]",
    .most = -1,
    .hub = HUB_READ,
    .options = options,
    .about =
        "Which adults alleged to harm, taken out together, would leave the others least\n"
        "connected; or which together stand nearest to all. Only those known to be adults at\n"
        "every event in which they are alleged, and no victims in the window; they are tied by\n"
        "events in which two or more are alleged. Small networks are tried whole; else the set\n"
        "is grown and improved by exchange, and the answer says how much better another could be.\n"
        "With IDs, the value of that set. Asked for children it declines: exit code 4. With --raw\n"
        "a published network is read, where no date of birth is recorded.",
    .example = "kith players --as-of 2022-06-30\n"
               "kith players --size 2 --aim reach --format csv\n"
               "kith players P075 --as-of 2022-06-30",
    .run = run,
};
