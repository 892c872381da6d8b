/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.c: `kith weigh`. */
#include "weigh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "kith/chart.h"
#include "kith/date.h"
#include "kith/explain.h"
#include "kith/keep.h"
#include "kith/panel.h"
#include "picture.h"

enum { ID_LINE_SIZE = 512 };

kith_status weigh_call_open(weigh_call *opened, const kith_call *call, kith_error *err)
{
    const char *settings = call_text(call, "settings");
    kith_status status = KITH_OK;

    *opened = (weigh_call){ .entered_only = call_flag(call, "entered-only"),
                            .view = call->view,
                            .weigh.lead = -1,
                            .entered.lead = -1 };
    if (opened->entered_only && call_given(call, "rules"))
        return kith_fail(err, KITH_USAGE,
                         "--entered-only uses no rules; leave it or --rules out");
    opened->history = call->command == &command_weigh && call_flag(call, "history");
    if (opened->history || (!call_given(call, "since") && !call_given(call, "window")))
        opened->view.since = INT32_MIN;
    if (settings != NULL)
        status = kith_settings_read(&opened->settings, settings, err);
    else
        kith_settings_default(&opened->settings);
    if (status == KITH_OK && !opened->entered_only)
        status = kith_rules_read(&opened->rules, call_text(call, "rules"), err);
    return status;
}

void weigh_call_close(weigh_call *opened)
{
    kith_weigh_free(&opened->weigh);
    kith_weigh_free(&opened->entered);
    kith_contexts_free(&opened->contexts);
    kith_subject_free(&opened->subject);
    kith_rules_free(&opened->rules);
}

kith_status weigh_call_find(weigh_call *opened, const kith_call *call, char *const *ids,
                            size_t count, kith_error *err)
{
    return kith_subject_read(&opened->subject, call->store, &call->view, ids, count, err);
}

static void add_window(kith_table *table, const kith_view *view)
{
    char as_of[KITH_TIME_SIZE], since[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_table_fact(table, "as_of", "%s", as_of);
    if (view->since == INT32_MIN) {
        kith_table_fact(table, "window", "none: items fade by their half-lives");
        return;
    }
    kith_day_write(since, view->since);
    kith_table_fact(table, "window", "%s to %s", since, as_of);
}

static void add_people(kith_table *table, const weigh_call *opened, const kith_call *call)
{
    char since[KITH_TIME_SIZE];
    const kith_subject *subject = &opened->subject;

    if (subject->kind == KITH_PERSON && subject->row != 0)
        return;
    if (opened->entered_only && subject->row != 0)
        return;
    kith_day_write(since, call->view.since);
    if (subject->kind == KITH_LOCATION)
        kith_table_fact(table, "people", "%zu, the place's cohort since %s", subject->count, since);
    else
        kith_table_fact(table, "people", "%zu", subject->count);
}

static void add_facts(kith_table *table, const weigh_call *opened, const kith_call *call,
                      const char *called)
{
    const char *settings = call_text(call, "settings"), *rules = call_text(call, "rules");

    kith_table_fact(table, "subject", "%s", called);
    add_people(table, opened, call);
    add_window(table, &opened->view);
    if (opened->view.purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", opened->view.purpose);
    kith_table_fact(table, "evidence", "%s%s%s",
                    opened->entered_only ? "what was entered about the subject"
                                         : "what was entered, and other records by the rules",
                    rules != NULL ? " of " : "", rules != NULL ? rules : "");
    kith_table_fact(table, "settings", "%s", settings != NULL ? settings : "defaults");
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

/* Nothing to take apart: the same facts, then a row for each day. */
static kith_status run_history(weigh_call *opened, kith_call *call, const char *called,
                               kith_table *table, kith_error *err)
{
    const int32_t step = (int32_t)call_integer(call, "every");

    add_facts(table, opened, call, called);
    kith_settings_facts(table, &opened->settings.weigh);
    kith_table_fact(table, "every", "%d days", step);
    kith_status status = kith_panel_notes(table, call->store, &opened->view, opened->subject.row, err);
    if (status == KITH_OK)
        status = kith_contexts_history(table, call->store, &opened->view, &opened->subject,
                                       opened->entered_only ? NULL : &opened->rules,
                                       &opened->settings.weigh, call->view.since, step, err);
    return status;
}

kith_status weigh_call_run(weigh_call *opened, const kith_call *call, const char *called,
                           kith_table *table, kith_error *err)
{
    kith_status status =
        kith_contexts_read(&opened->contexts, call->store, &opened->view, &opened->subject,
                           opened->entered_only ? NULL : &opened->rules, err);

    if (status == KITH_OK)
        status = kith_weigh_build(&opened->weigh, opened->contexts.items, opened->contexts.count,
                                  opened->view.as_of, &opened->settings.weigh, err);
    opened->mixed = opened->contexts.entered < opened->contexts.count;
    if (status == KITH_OK && opened->mixed)
        status = kith_weigh_build(&opened->entered, opened->contexts.items, opened->contexts.entered,
                                  opened->view.as_of, &opened->settings.weigh, err);
    if (status != KITH_OK)
        return status;
    add_facts(table, opened, call, called);
    note_age(table, &opened->contexts, call);
    return KITH_OK;
}

/* One id a line; empty lines and what stands after # are no ids. */
static kith_status read_ids(kith_text *text, char ***ids, size_t *count, const char *path,
                            kith_error *err)
{
    char line[ID_LINE_SIZE];
    kith_status status = KITH_OK;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_IO,
                         "%s cannot be read: %s; --people takes a file with one id a line, and ids "
                         "themselves stand without it (kith weigh P001 P002)",
                         path, strerror(errno));
    while (fgets(line, sizeof line, in) != NULL) {
        char *id = line + strspn(line, " \t");
        id[strcspn(id, "#\r\n")] = '\0';
        for (size_t size = strlen(id); size > 0 && strchr(" \t", id[size - 1]) != NULL;)
            id[--size] = '\0';
        if (id[0] == '\0')
            continue;
        kith_text_add_bytes(text, id, strlen(id) + 1);
        ++*count;
    }
    if (ferror(in))
        status = kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    fclose(in);
    if (status == KITH_OK)
        status = kith_text_status(text, err);
    *ids = status == KITH_OK ? calloc(*count + 1, sizeof **ids) : NULL;
    if (status == KITH_OK && *ids == NULL)
        return kith_no_memory(err);
    char *at = text->data;
    for (size_t i = 0; status == KITH_OK && i < *count; i++, at += strlen(at) + 1)
        (*ids)[i] = at;
    return status;
}

static kith_status find_listed(weigh_call *opened, const kith_call *call, kith_text *called,
                               kith_error *err)
{
    const char *path = call_text(call, "people");
    kith_text text = { 0 };
    char **ids = NULL;
    size_t count = 0;
    kith_status status = read_ids(&text, &ids, &count, path, err);

    if (status == KITH_OK && count == 0)
        status = kith_fail(err, KITH_USAGE, "%s names nobody; one id a line is expected", path);
    if (status == KITH_OK)
        status = weigh_call_find(opened, call, ids, count, err);
    kith_text_format(called, "the people of %s", path);
    free(ids);
    kith_text_free(&text);
    return status;
}

/* The group that `peers` shows under these letters, kept ones too, with its usual options. */
static kith_status find_found(weigh_call *opened, const kith_call *call, kith_text *called,
                              kith_error *err)
{
    const kith_layer_options rules = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options options = { .objective = KITH_CPM, .seed = call->seed, .least = 3 };
    kith_network network;
    kith_layer layer = { 0 };
    kith_peers peers = { 0 };
    kith_status status = kith_network_build(&network, call->store, &call->view, err);

    if (status != KITH_OK)
        return status;
    status = kith_layer_build(&layer, &network, &rules, err);
    if (status == KITH_OK)
        status = kith_peers_find_kept(&peers, &layer, &options, call->store, err);
    if (status == KITH_OK)
        status = kith_subject_found(&opened->subject, &peers, &layer, call_text(call, "found"), err);
    kith_text_format(called, "group %s as found", call_text(call, "found"));
    kith_peers_free(&peers);
    kith_layer_free(&layer);
    kith_network_free(&network);
    return status;
}

static kith_status find_named(weigh_call *opened, const kith_call *call, kith_text *called,
                              kith_error *err)
{
    const size_t count = (size_t)call->operand_count;
    const kith_status status = weigh_call_find(opened, call, call->operands, count, err);

    if (count == 1)
        kith_text_format(called, "%s ", kith_kind_word[opened->subject.kind]);
    for (size_t i = 0; i < count; i++)
        kith_text_format(called, "%s%s", i > 0 ? ", " : count > 1 ? "together " : "",
                         call->operands[i]);
    return status;
}

/* Exactly one of the ways of naming a subject. */
static kith_status find_subject(weigh_call *opened, const kith_call *call, kith_text *called,
                                kith_error *err)
{
    const int ways =
        (call->operand_count > 0) + call_given(call, "people") + call_given(call, "found");

    if (ways != 1)
        return kith_fail(err, KITH_USAGE,
                         ways == 0 ? "weigh needs ID, --people or --found; try `kith weigh --help`"
                                   : "weigh takes one of ID, --people and --found");
    kith_status status = call_given(call, "people")  ? find_listed(opened, call, called, err)
                         : call_given(call, "found") ? find_found(opened, call, called, err)
                                                     : find_named(opened, call, called, err);
    return status == KITH_OK ? kith_text_status(called, err) : status;
}

static kith_status weigh_now(weigh_call *opened, kith_call *call, const char *called,
                             kith_table *table, kith_error *err)
{
    kith_status status = weigh_call_run(opened, call, called, table, err);

    if (status == KITH_OK)
        status = kith_panel_notes(table, call->store, &opened->view, opened->subject.row, err);
    if (status == KITH_OK)
        status = kith_contexts_table(table, &opened->contexts, &opened->weigh,
                                     opened->mixed ? &opened->entered : NULL, err);
    return status;
}

/* One context's share as its terms, of whatever subject. */
static kith_status take_apart(weigh_call *opened, const kith_call *call, const char *called,
                              kith_table *table, kith_error *err)
{
    const char *word = call_text(call, "explain");
    int context = 0;

    while (context < KITH_CONTEXT_COUNT && strcmp(kith_context_name[context], word) != 0)
        context++;
    const kith_status status = weigh_call_run(opened, call, called, table, err);
    return status == KITH_OK ? kith_explain_share(table, &opened->contexts, &opened->weigh, context, err)
                             : status;
}

static kith_status draw(weigh_call *opened, const kith_call *call, const char *called,
                        const char *path, kith_error *err)
{
    kith_scene scene = { 0 };
    kith_table table = { 0 };
    kith_status status = weigh_call_run(opened, call, called, &table, err);

    if (status == KITH_OK)
        status = kith_weigh_scene(&scene, &opened->contexts, &opened->weigh,
                                  opened->mixed ? &opened->entered : NULL, &opened->subject,
                                  &opened->view, err);
    if (status == KITH_OK)
        status = picture_write(call, &scene, path, picture_form(path), err);
    kith_table_free(&table);
    kith_scene_free(&scene);
    return status;
}

static kith_status print(weigh_call *opened, kith_call *call, const char *called, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = opened->history               ? run_history(opened, call, called, &table, err)
                         : call_given(call, "explain") ? take_apart(opened, call, called, &table, err)
                                                       : weigh_now(opened, call, called, &table, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");
    weigh_call opened;
    kith_text called = { 0 };
    kith_status status = weigh_call_open(&opened, call, err);

    const bool table = opened.history || call_given(call, "explain");
    if (status == KITH_OK && opened.history && call_given(call, "explain"))
        status = kith_fail(err, KITH_USAGE, "--history and --explain are two tables; give one of them");
    if (status == KITH_OK && table && picture_form(path) != NULL)
        status = kith_fail(err, KITH_USAGE, "--%s is a table; name another file than %s",
                           opened.history ? "history" : "explain", path);
    if (status == KITH_OK && call_given(call, "every") && !opened.history)
        status = kith_fail(err, KITH_USAGE, "--every is for --history; give both, or neither");
    if (status == KITH_OK)
        status = find_subject(&opened, call, &called, err);
    if (status == KITH_OK)
        status = picture_form(path) != NULL ? draw(&opened, call, called.data, path, err)
                                            : print(&opened, call, called.data, err);
    kith_text_free(&called);
    weigh_call_close(&opened);
    return status;
}

static const option_row options[] = {
    { "people", OPTION_TEXT, .unit = "FILE", .help = "a list of people, one id a line, taken together" },
    { "found", OPTION_TEXT, .unit = "LETTERS",
      .help = "the peer group that `kith peers` shows under these letters" },
    { "explain", OPTION_CHOICE, .choices = "home|peer|school|neighbourhood|online",
      .help = "take this context's share apart, as `explain share` does; of lists and found groups too" },
    { "history", OPTION_FLAG, .help = "how the shares moved over the window, and what was new" },
    { "every", OPTION_INTEGER, .low = 1, .high = 3650, .initial = "28", .unit = "DAYS",
      .help = "between two rows of --history" },
    WEIGH_OPTIONS,
    PICTURE_OPTIONS,
    OPTION_END
};

const kith_command command_weigh = {
    .name = "weigh",
    .summary = "which context has most influence, as a prompt for discussion",
    .operands = "[ID...]",
    .least = 0,
    .most = -1,
    .hub = HUB_READ,
    .draws = true,
    .options = options,
    .about =
        "Weighs what is recorded of one person, one group or one place's cohort: home, peer, school,\n"
        "neighbourhood, online, in this order. Several IDs, or --people, are a list of people taken\n"
        "together; --found is a peer group as found. A share is of this subject's own evidence and\n"
        "may not be compared with another's. Strengths, opinions, and the items that the lead hangs\n"
        "on are listed with their records; `explain share` takes a share apart.\n"
        "\n"
        "Events, links and flags of the people flow in by a table of rules (`kith policy` prints\n"
        "it) and are counted apart from what practitioners entered; --entered-only leaves them\n"
        "out. Items fade by their half-lives, so no window cuts them unless --since or --window\n"
        "is given. With -o FILE.svg, .pdf, .png or .dot draws the contexts, with risk beside strengths\n"
        "and what is said to drive what; nobody is named.",
    .example = "kith weigh G2 --as-of 2022-06-30\n"
               "kith weigh G2 --as-of 2022-06-30 --entered-only\n"
               "kith weigh L01 --as-of 2021-07-31\n"
               "kith weigh P001 P002 P003 P004 --as-of 2021-07-31\n"
               "kith weigh --found A --as-of 2021-07-31\n"
               "kith weigh G2 --as-of 2022-06-30 --history --every 7 --window 70\n"
               "kith weigh G2 --as-of 2022-06-30 -o contexts.svg\n"
               "kith weigh person:P010 --format csv",
    .run = run,
};
