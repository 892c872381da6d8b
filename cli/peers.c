/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers.c: `kith peers`. */
#include "kith/keep.h"

#include "commands.h"
#include "hotspots.h"
#include "hub.h"
#include "kith/date.h"
#include "layer_options.h"
#include "peers_options.h"

static kith_peers_options read_options(const kith_call *call, bool raw,
                                       const kith_progress *progress)
{
    kith_peers_options options = peers_options_read(call, raw);

    options.resamples = call_flag(call, "brief")        ? 0
                        : call_given(call, "resamples") ? (int)call_integer(call, "resamples")
                                                        : -1;
    options.evidence = call_flag(call, "evidence");
    options.progress = progress;
    return options;
}

static void tell(void *call, const char *what, uint64_t done, uint64_t total)
{
    call_progress(call, what, done, total);
}

/* Writes the places that the same reading tells of. */
static kith_status write_places(void *call, kith_network *network, kith_error *err)
{
    return hotspots_beside(network, call, call_text(call, "places"), err);
}

/* The groups of a call's day, without resamples when they are only to be followed. */
static kith_status find(kith_peers *peers, layer_call *opened, kith_call *call, bool followed,
                        kith_table *table, kith_error *err)
{
    const bool places = call_given(call, "places") && !followed;
    kith_status status = places                     ? layer_call_open_events(opened, call, table, write_places, err)
                         : call_flag(call, "brief") ? layer_call_open_bare(opened, call, table, err)
                                                    : layer_call_open(opened, call, table, err);

    if (status != KITH_OK)
        return status;
    const kith_progress progress = { tell, call };
    kith_peers_options chosen = read_options(call, opened->options.raw, &progress);
    if (followed)
        chosen.resamples = 0;
    status = kith_peers_find(peers, &opened->layer, &chosen, err);
    call_progress_end(call);
    return status;
}

static void tell_changes(kith_table *table, int32_t day, const char *of,
                         const kith_group_changes *changes)
{
    char text[KITH_TIME_SIZE];

    kith_day_write(text, day);
    kith_table_fact(table, "after", "%s: letters are of %s groups while most of their "
                                    "members' weight stays together", text, of);
    kith_group_changes_note(table, changes);
}

/* The letters of an earlier day, and what became of its groups. The window is as long. */
static kith_status follow(kith_peers *peers, const kith_layer *layer, kith_call *call,
                          kith_table *table, kith_error *err)
{
    const kith_view today = call->view;
    const int32_t day = call_day(call, "after");
    layer_call opened = { 0 };
    kith_peers then = { 0 };
    kith_group_changes changes = { 0 };
    kith_kept kept = { 0 };
    kith_table unused = { 0 };

    if (day >= today.as_of)
        return kith_fail(err, KITH_USAGE, "--after is not before --as-of; give an earlier day");
    call->view.since -= today.as_of - day;
    call->view.as_of = day;
    kith_status status = find(&then, &opened, call, true, &unused, err);
    if (status == KITH_OK)
        status = kith_kept_take(&kept, &then, &opened.layer, err);
    if (status == KITH_OK)
        status = kith_peers_follow(&changes, peers, layer, &kept, err);
    if (status == KITH_OK)
        tell_changes(table, day, "that day's", &changes);
    call->view = today;
    kith_group_changes_free(&changes);
    kith_kept_free(&kept);
    kith_peers_free(&then);
    layer_call_close(&opened);
    kith_table_free(&unused);
    return status;
}

/* The letters that were kept last, and what became of the groups that had them. */
static kith_status take_kept(kith_peers *peers, const kith_layer *layer, kith_call *call,
                             kith_table *table, kith_error *err)
{
    kith_group_changes changes;
    kith_kept kept;
    const kith_status status = kith_peers_take_letters(peers, layer, call->view.as_of, &kept,
                                                       &changes, call->store, err);

    if (status == KITH_OK && kept.as_of != INT32_MIN)
        tell_changes(table, kept.as_of, "the kept", &changes);
    kith_group_changes_free(&changes);
    return status;
}

/* What the one reading holds is of the call's own days and of every kind. */
static kith_status check_places(const kith_call *call, kith_error *err)
{
    if (!call_given(call, "places"))
        return KITH_OK;
    if (!call_flag(call, "brief"))
        return kith_fail(err, KITH_USAGE, "--places is for --brief; without it ask `kith hotspots`");
    if (call_given(call, "kinds"))
        return kith_fail(err, KITH_USAGE, "--kinds says which ties are wanted, and --places counts every kind of harm "
                                          "or risk; leave one out, and ask `kith hotspots`");
    if (call->view.as_of - call->view.since + 1 < KITH_HOTSPOT_CHANGE_DAYS)
        return kith_fail(err, KITH_USAGE, "--places tells what has changed within %d days; the window is shorter",
                         KITH_HOTSPOT_CHANGE_DAYS);
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const bool keep = call_flag(call, "keep");
    layer_call opened = { 0 };
    kith_peers peers = { 0 };
    kith_table table = { .title = "Peer groups" };

    kith_status status = check_places(call, err);
    if (status == KITH_OK)
        status = hub_open(call, keep ? KITH_READ_WRITE : KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = find(&peers, &opened, call, false, &table, err);
    if (status == KITH_OK)
        status = call_given(call, "after") ? follow(&peers, &opened.layer, call, &table, err)
                                           : take_kept(&peers, &opened.layer, call, &table, err);
    if (status == KITH_OK && keep)
        status = kith_peers_keep(&peers, &opened.layer, call->store, kith_now(), err);
    if (status == KITH_OK)
        status = kith_peers_report(&table, &peers, &opened.layer, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_peers_free(&peers);
    layer_call_close(&opened);
    return status;
}

static const option_row options[] = {
    TABLES_OPTION,
    LAYER_OPTIONS("together"),
    LAYER_EVERY,
    PEERS_OPTIONS,
    { "resamples", OPTION_INTEGER, .low = 0, .high = 1000, .unit = "N",
      .help = "how often stability is tried (30)" },
    { "evidence", OPTION_FLAG, .help = "weigh ties by their evidence, rescaled to mean 1" },
    { "after", OPTION_DATE, .unit = "DATE",
      .help = "keep the letters of that day's groups, and say which grew, split, merged or ended" },
    { "keep", OPTION_FLAG, .help = "keep the letters in the hub, for the days that follow" },
    { "brief", OPTION_FLAG, .help = "who is in which group and nothing else: the quickest, for millions" },
    { "places", OPTION_TEXT, .unit = "FILE",
      .help = "with --brief: writes the places too, as `hotspots --brief` does, from one reading" },
    OPTION_END
};

const kith_command command_peers = {
    .name = "peers",
    .summary = "peer groups: who belongs, why, and how surely",
    .operands = "",
    .options = options,
    .about =
        "Groups children who are recorded together: a shared event of n people counts 1/(n-1), a\n"
        "declared peer tie 1. Witnesses, reporters, helpers and adults alleged to harm make no\n"
        "peer tie, and being named in one report joins nobody. Each member is listed with the\n"
        "ties that hold them in, strongest first, and with the share of resamples, without some of\n"
        "the records, in which they stay: the core of the group, and its edge. A group is listed when\n"
        "chance would hardly make one of its ties, or one is declared; it says whose records it\n"
        "rests on, and who is in it by declared ties alone (association only). A group goes on under its\n"
        "letter from one --keep to the next, while most of its weight stays together.",
    .example = "kith peers --as-of 2022-06-30\n"
               "kith peers --as-of 2022-06-30 --after 2022-05-31\n"
               "kith peers --as-of 2022-06-30 --keep\n"
               "kith peers --resolution 0.1 --format csv\n"
               "kith peers --brief --places hotspots.csv --format csv -o groups.csv",
    .run = run,
};
