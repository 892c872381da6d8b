/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts.c: `kith alerts`.
 *
 * Without -o the lists are printed and nothing is kept; with it each recipient gets a file of
 * its own, which holds nothing of the others', and the hub keeps what was sent. Files come
 * first: a list that was written and not kept is sent again, one that was kept and not written
 * would never be. */
#include "alerts.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/audit.h"
#include "kith/file.h"
#include "kith/folder.h"
#include "kith/names.h"
#include "kith/text.h"

static bool shows_names(const kith_call *call)
{
    return call->names == KITH_NAMES_FULL || call->names == KITH_NAMES_INITIALS;
}

static void add_columns(kith_table *table, const kith_call *call, const kith_alerts *alerts)
{
    static const char *const texts[] = { "school_id", "person_id", "event_id", "kind", "role", "occurred_at" };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        kith_table_column(table, texts[i], KITH_CELL_TEXT);
    kith_table_column(table, "late", KITH_CELL_INTEGER);
    kith_table_column(table, "age_unknown", KITH_CELL_INTEGER);
    if (alerts->options.list == KITH_ALERTS_PPN)
        kith_table_column(table, "local_authority", KITH_CELL_TEXT);
    if (shows_names(call))
        kith_table_column(table, "name", KITH_CELL_TEXT);
}

static void add_name(kith_table *table, const kith_call *call, const kith_thing *person)
{
    kith_text name = { 0 };

    if (call->names == KITH_NAMES_FULL)
        kith_text_add(&name, person->name);
    else
        kith_name_initials(&name, person->name);
    kith_table_text(table, name.size > 0 ? name.data : NULL);
    table->failed |= name.failed;
    kith_text_free(&name);
}

static void add_row(kith_table *table, const kith_call *call, const kith_alerts *alerts,
                    const kith_network *network, const kith_alert *alert)
{
    const kith_event_record *event = &network->events[alert->event];
    const kith_thing *person = &network->things[alert->person];
    char at[KITH_TIME_SIZE];
    kith_text roles = { 0 };

    kith_time_write(at, event->at);
    kith_alert_roles(&roles, network, alert);
    kith_table_text(table, alert->school[0] != '\0' ? alert->school : NULL);
    kith_table_text(table, person->id);
    kith_table_text(table, event->id);
    kith_table_text(table, event->word);
    kith_table_text(table, kith_text_string(&roles));
    kith_table_text(table, at);
    kith_table_integer(table, alert->late);
    kith_table_integer(table, alert->age_unknown);
    if (alerts->options.list == KITH_ALERTS_PPN)
        kith_table_text(table, alert->authority[0] != '\0' ? alert->authority : NULL);
    if (shows_names(call))
        add_name(table, call, person);
    table->failed |= roles.failed;
    kith_text_free(&roles);
}

static void add_facts(kith_table *table, const kith_call *call, const kith_alerts *alerts)
{
    char from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];
    const long hours =
        (long)(kith_day_begins(alerts->day + 1) - kith_day_begins(alerts->day)) / 3600;

    kith_day_write(from, alerts->day);
    kith_day_write(to, alerts->day + 1);
    kith_table_fact(table, "covers", "%sT00:00 to %sT00:00, London, %ld hours", from, to, hours);
    kith_table_fact(table, "prepared_for", "%s", call->view.audience);
    kith_table_fact(table, "names", "%s", kith_names_word(call->names));
    if (call->view.purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", call->view.purpose);
}

static void note_count(kith_table *table, size_t count, const char *what)
{
    if (count > 0)
        kith_table_note(table, "%s: %zu", what, count);
}

static void add_notes(kith_table *table, const kith_alerts *alerts)
{
    size_t none = 0;

    for (size_t i = 0; i < alerts->count; i++)
        none += kith_alert_recipient(alerts, &alerts->items[i])[0] == '\0';
    kith_table_note(table, "a role is a role in that event, as it was recorded; alleged is not "
                           "proved, and a child who is alleged to have done harm is a child");
    note_count(table, alerts->late_count,
               "became known late: events of earlier days that no list has had (late = 1)");
    note_count(table, none, alerts->options.list == KITH_ALERTS_SCHOOLS
                                ? "children's rows without a recorded school: find the school today"
                                : "children's rows without a recorded local authority");
    note_count(table, alerts->adults, "people of 18 and over in these events, who are on no list");
    note_count(table, alerts->month_only, "events known by their month alone, on no list");
    note_count(table, alerts->other_kinds, "events of the day of other kinds, on no list");
    note_count(table, alerts->graded_false, "events and participations graded E, on no list");
}

/* The rows of items from..to, without facts and notes, which tell of other recipients. */
static kith_status rows_of(kith_table *table, const kith_call *call, const kith_alerts *alerts,
                           const kith_network *network, size_t from, size_t to, kith_error *err)
{
    add_columns(table, call, alerts);
    for (size_t i = from; i < to; i++)
        add_row(table, call, alerts, network, &alerts->items[i]);
    return kith_table_status(table, err);
}

static size_t end_of_recipient(const kith_alerts *alerts, size_t from)
{
    const char *recipient = kith_alert_recipient(alerts, &alerts->items[from]);
    size_t to = from;

    while (to < alerts->count && strcmp(recipient, kith_alert_recipient(alerts, &alerts->items[to])) == 0)
        to++;
    return to;
}

static kith_status write_recipient(const kith_call *call, const kith_alerts *alerts,
                                   const kith_network *network, size_t from, size_t to,
                                   const char *folder, kith_error *err)
{
    static const char *const endings[] = { "txt", "csv", "json" };
    const char *recipient = kith_alert_recipient(alerts, &alerts->items[from]);
    kith_table table = { .title = "What became known in the 24 hours" };
    kith_text path = { 0 };
    char word[KITH_FILE_WORD_SIZE], *bytes = NULL;
    size_t size = 0;

    kith_file_word(word, recipient);
    kith_text_format(&path, "%s/%s%s%s.%s", folder, kith_alert_list_word(alerts->options.list),
                     recipient[0] != '\0' ? "-" : "", recipient[0] != '\0' ? word : ".none",
                     endings[call->format]);
    add_facts(&table, call, alerts);
    kith_status status = rows_of(&table, call, alerts, network, from, to, err);
    FILE *memory = status == KITH_OK && !path.failed ? open_memstream(&bytes, &size) : NULL;
    if (status == KITH_OK && memory == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_table_write(memory, NULL, &table, call->format, err);
    if (memory != NULL && fclose(memory) != 0 && status == KITH_OK)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_file_create(path.data, bytes, size, err);
    free(bytes);
    kith_text_free(&path);
    kith_table_free(&table);
    return status;
}

kith_status alerts_write(size_t *files, const kith_call *call, const kith_alerts *alerts,
                         const kith_network *network, const char *folder, kith_error *err)
{
    kith_text path = { 0 }, fresh = { 0 };
    char day[KITH_TIME_SIZE];

    *files = 0;
    kith_day_write(day, alerts->day);
    kith_text_format(&path, "%s/%s", folder, day);
    kith_text_format(&fresh, "%s/.%s.part", folder, day);
    kith_status status = path.failed || fresh.failed ? kith_no_memory(err) : KITH_OK;
    if (status == KITH_OK)
        status = kith_folder_remove(fresh.data, err);
    if (status == KITH_OK)
        status = kith_folder_make(fresh.data, err);
    for (size_t from = 0, to; status == KITH_OK && from < alerts->count; from = to, ++*files) {
        to = end_of_recipient(alerts, from);
        status = write_recipient(call, alerts, network, from, to, fresh.data, err);
    }
    if (status == KITH_OK)
        status = kith_folder_replace(fresh.data, path.data, err);
    if (status != KITH_OK && fresh.data != NULL)
        kith_folder_remove(fresh.data, NULL);
    kith_text_free(&path);
    kith_text_free(&fresh);
    return status;
}

/* The log has who was told of whom. */
static kith_status log_alerts(const kith_call *call, const kith_alerts *alerts, const kith_network *network,
                              kith_error *err)
{
    const char **ids = malloc((alerts->count + 1) * sizeof *ids);
    char what[32];

    if (ids == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < alerts->count; i++)
        ids[i] = network->things[alerts->items[i].person].id;
    kith_sentence(what, sizeof what, "alerts %s", kith_alert_list_word(alerts->options.list));
    const kith_status status = kith_audit_add(
        call->store, &(kith_audit_entry){ .act = KITH_AUDIT_DISCLOSURE, .what = what, .to = call->view.audience,
                                          .why = call->view.purpose, .ids = ids, .id_count = alerts->count }, err);
    free(ids);
    return status;
}

kith_status alerts_keep(const kith_call *call, const kith_alerts *alerts, const kith_network *network,
                        kith_error *err)
{
    kith_status status = kith_store_begin(call->store, err);

    if (status != KITH_OK)
        return status;
    status = kith_alerts_record(call->store, &call->view, alerts, network, kith_names_word(call->names),
                                kith_now(), err);
    if (status == KITH_OK)
        status = log_alerts(call, alerts, network, err);
    if (status == KITH_OK)
        return kith_store_commit(call->store, err);
    kith_store_rollback(call->store);
    return status;
}

/* For reading two tables, so that a child without a school is not overlooked; else one. */
static kith_status print(kith_call *call, const kith_alerts *alerts, const kith_network *network,
                         kith_error *err)
{
    static const char *const titles[2][2] = {
        { "Children's schools that must hear this morning", "Children whose school is not recorded" },
        { "Children whom children's social care must hear of this morning",
          "Children whose local authority is not recorded" }
    };
    const bool two = call->format == KITH_FORMAT_TABLE;
    kith_status status = KITH_OK;
    size_t known = 0;

    while (known < alerts->count && kith_alert_recipient(alerts, &alerts->items[known])[0] != '\0')
        known++;
    for (int part = 0; status == KITH_OK && part < (two ? 2 : 1); part++) {
        kith_table table = { .title = titles[alerts->options.list][part], .empty = "nobody" };
        if (part == 0)
            add_facts(&table, call, alerts);
        else
            fputc('\n', call->out);
        status = rows_of(&table, call, alerts, network, part == 0 ? 0 : known,
                         two && part == 0 ? known : alerts->count, err);
        if (status == KITH_OK && (part == 1 || !two))
            add_notes(&table, alerts);
        if (status == KITH_OK)
            status = kith_table_status(&table, err);
        if (status == KITH_OK)
            status = call_print(call, &table, err);
        kith_table_free(&table);
    }
    return status;
}

static kith_status send(kith_call *call, const kith_alerts *alerts, const kith_network *network,
                        const char *folder, kith_error *err)
{
    char day[KITH_TIME_SIZE];
    size_t files;
    kith_status status = alerts_write(&files, call, alerts, network, folder, err);

    if (status == KITH_OK)
        status = alerts_keep(call, alerts, network, err);
    kith_day_write(day, alerts->day);
    if (status == KITH_OK)
        call_say(call, "%zu row%s in %zu file%s of %s/%s; the hub keeps what was sent", alerts->count,
                 alerts->count == 1 ? "" : "s", files, files == 1 ? "" : "s", folder, day);
    return status;
}

static kith_status is_recorded(bool *found, const kith_call *call, const char *kind, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, call->store, &call->view, KITH_QUERY_WORD_ALL, err);

    *found = false;
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        *found = *found || kith_word_same(kith_rows_text(rows, 1), kind);
    return kith_rows_end(rows, err);
}

kith_status alerts_strange_kinds(kith_text *out, const kith_call *call, const kith_alerts_options *options,
                                 kith_error *err)
{
    kith_status status = KITH_OK;
    bool found;

    for (size_t i = 0; status == KITH_OK && i < options->kind_count; i++) {
        if (kith_word_meaning(KITH_EVENT_WORD, options->kinds[i])->known)
            continue;
        status = is_recorded(&found, call, options->kinds[i], err);
        if (status == KITH_OK && !found)
            kith_text_format(out, "%sno record has the kind \"%s\", and Kith does not know it: write it as the agency does",
                             out->size > 0 ? "; " : "", options->kinds[i]);
    }
    return status == KITH_OK ? kith_text_status(out, err) : status;
}

static kith_status look_at_kinds(const kith_call *call, const kith_alerts_options *options, kith_error *err)
{
    kith_text strange = { 0 };
    const kith_status status = alerts_strange_kinds(&strange, call, options, err);

    if (status == KITH_OK && strange.size > 0)
        call_say(call, "warning: %s", strange.data);
    kith_text_free(&strange);
    return status;
}

static kith_status answer(kith_call *call, const kith_alerts_options *options, kith_error *err)
{
    const char *folder = call_text(call, "output");
    kith_network network = { 0 };
    kith_alerts alerts = { 0 };

    kith_status status = hub_open(call, folder != NULL ? KITH_READ_WRITE : KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = look_at_kinds(call, options, err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = kith_alerts_find(&alerts, call->store, &network, options, err);
    if (status == KITH_OK)
        status = folder != NULL ? send(call, &alerts, &network, folder, err)
                                : print(call, &alerts, &network, err);
    kith_alerts_free(&alerts);
    kith_network_free(&network);
    return status;
}

static kith_status print_sent(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    if (call_given(call, "output"))
        return kith_fail(err, KITH_USAGE, "--sent prints what was sent, and -o sends; leave one of them away");
    kith_status status = hub_open(call, KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = kith_alerts_sent(&table, call->store, &call->view, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

/* The list is of the day before --date, and is for those whom it concerns. */
static kith_status look_at_options(kith_call *call, kith_alerts_options *options, kith_error *err)
{
    const int32_t date = call_given(call, "date") ? call_day(call, "date") : kith_today();

    if (call_given(call, "as-of") || call_given(call, "since") || call_given(call, "window"))
        return kith_fail(err, KITH_USAGE, "a list covers the day before --date; leave --as-of, --since and "
                                          "--window to --sent");
    if (call->names == KITH_NAMES_PSEUDONYM)
        return kith_fail(err, KITH_USAGE, "a pseudonym tells a school nothing; give --names initials, full "
                                          "or none");
    if (call->names == KITH_NAMES_FULL && !call_given(call, "audience"))
        return kith_fail(err, KITH_POLICY, "--names full needs --audience: say who will read the names");
    call->view.as_of = date - 1;
    call->view.since = kith_alerts_since(date - 1, options);
    if (!call_given(call, "audience"))
        return call_prepare_for(call, options->list == KITH_ALERTS_SCHOOLS ? "school" : "social-care", err);
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const bool ppn = strcmp(call_text(call, "list"), "ppn") == 0;
    kith_alerts_options options = { .list = ppn ? KITH_ALERTS_PPN : KITH_ALERTS_SCHOOLS,
                                    .late_days = (int)call_integer(call, "late") };
    char **kinds = NULL;

    if (call_flag(call, "sent"))
        return print_sent(call, err);
    kith_status status = look_at_options(call, &options, err);
    if (status == KITH_OK)
        status = call_list(&kinds, &options.kind_count, call, "kinds", err);
    options.kinds = (const char *const *)kinds;
    if (status == KITH_OK)
        status = answer(call, &options, err);
    free(kinds);
    return status;
}

static const option_row options[] = {
    { "date", OPTION_DATE, .unit = "DATE", .help = "the list covers the day before, 00:00 to 00:00 in London (default today)" },
    { "list", OPTION_CHOICE, .choices = "schools|ppn", .initial = "schools",
      .help = "for schools; or for children's social care, by local authority" },
    { "kinds", OPTION_TEXT, .unit = "A,B",
      .help = "these kinds of events alone, instead of every kind of harm or risk that happens" },
    { "late", OPTION_INTEGER, .low = 0, .high = KITH_ALERTS_LATE_MOST, .initial = "7", .unit = "DAYS",
      .help = "how far back what no list has had is looked for" },
    { "sent", OPTION_FLAG, .help = "shows what was sent, of the days in the window, instead" },
    OPTION_END
};

const kith_command command_alerts = {
    .name = "alerts",
    .summary = "the schools' list of the last 24 hours, and what was sent",
    .operands = "",
    .hub = HUB_NONE,
    .own_output = true,
    .options = options,
    .about =
        "Every child who was named in an event of harm or risk on the day before --date, once an\n"
        "event, with the role in it: for the school, so that somebody asks after the child this\n"
        "morning. A child whose school is not recorded stands apart. Events of the days before that\n"
        "became known only now are on the list too, marked late.\n"
        "\n"
        "-o FOLDER writes FOLDER/DAY with one file a school, which holds its own pupils alone, and\n"
        "keeps in the hub what was sent; --sent shows it. --format says in which form (csv is best).",
    .example = "kith alerts --date 2022-06-30\n"
               "kith alerts --kinds knife_incident,serious_violence --format csv -o alerts\n"
               "kith alerts --list ppn --names full --audience social-care -o ppn\n"
               "kith alerts --sent --window 28",
    .run = run,
};
