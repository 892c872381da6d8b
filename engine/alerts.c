/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts.c: one pass over the events of a day, and of the few days before it for what came late.
 *
 * A child in an event is one item, whatever the number of participations. Events of earlier
 * days are looked at from the first day on that a list has covered, and only those that no
 * list has had; so a hub that begins with a year of records sends no year of alerts. */
#include "kith/alerts.h"

#include <stdlib.h>
#include <string.h>

#include "kith/text.h"
#include "pool.h"

typedef struct known {
    char *event, *person;
} known;

typedef struct finding {
    kith_alerts *alerts;
    const kith_network *network;
    kith_store *store;
    int32_t late_from; /* INT32_MAX: nothing is late */
    known *sent;       /* by event, person */
    size_t sent_count;
    size_t room;
} finding;

int32_t kith_alerts_since(int32_t day, const kith_alerts_options *options)
{
    return day - options->late_days;
}

const char *kith_alert_list_word(kith_alert_list list)
{
    return list == KITH_ALERTS_SCHOOLS ? "schools" : "ppn";
}

const char *kith_alert_recipient(const kith_alerts *alerts, const kith_alert *alert)
{
    return alerts->options.list == KITH_ALERTS_SCHOOLS ? alert->school : alert->authority;
}

void kith_alert_roles(kith_text *out, const kith_network *network, const kith_alert *alert)
{
    const kith_event_record *event = &network->events[alert->event];
    const char *between = "";

    for (unsigned role = 1; role <= KITH_PRESENT; role <<= 1) {
        const char *word = kith_role_word((kith_role)role);
        if ((alert->roles & role) == 0)
            continue;
        for (uint32_t i = 0; role == KITH_PRESENT && i < event->participation_count; i++) {
            const kith_participation *p = &network->participations[event->first_participation + i];
            if (p->person == alert->person && p->role == KITH_PRESENT)
                word = p->word;
        }
        kith_text_format(out, "%s%s", between, word);
        between = "+";
    }
}

static kith_status keep_known(finding *f, const kith_rows *rows, kith_error *err)
{
    if (f->sent_count == f->room) {
        const size_t room = f->room ? f->room * 2 : 64;
        known *grown = realloc(f->sent, room * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        f->sent = grown;
        f->room = room;
    }
    known *k = &f->sent[f->sent_count];
    k->event = (char *)kith_pool_add(f->alerts->pool, kith_rows_text(rows, 0));
    k->person = (char *)kith_pool_add(f->alerts->pool, kith_rows_text(rows, 1));
    if (k->event == NULL || k->person == NULL)
        return kith_no_memory(err);
    f->sent_count++;
    return KITH_OK;
}

/* Since when lists are sent, and whom those of the late days had. */
static kith_status read_sent(finding *f, kith_error *err)
{
    const kith_alerts *alerts = f->alerts;
    const char *list = kith_alert_list_word(alerts->options.list);
    char today[KITH_TIME_SIZE], from[KITH_TIME_SIZE];
    kith_rows *rows;
    int32_t first = INT32_MAX;

    f->late_from = INT32_MAX;
    if (alerts->options.late_days == 0)
        return KITH_OK;
    kith_day_write(today, alerts->day);
    kith_day_write(from, alerts->day - alerts->options.late_days);
    kith_status status =
        kith_store_read(&rows, f->store, &f->network->view, KITH_QUERY_ALERT_FIRST, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "list", list);
    kith_rows_bind_text(rows, "day", today);
    if (kith_rows_next(rows))
        kith_day_read(&first, kith_rows_text(rows, 0));
    status = kith_rows_end(rows, err);
    if (status != KITH_OK || first == INT32_MAX)
        return status;
    const int32_t since = alerts->day - alerts->options.late_days;
    f->late_from = first > since ? first : since;
    status = kith_store_read(&rows, f->store, &f->network->view, KITH_QUERY_ALERT_KNOWN, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "list", list);
    kith_rows_bind_text(rows, "from", from);
    kith_rows_bind_text(rows, "until", today);
    while (status == KITH_OK && kith_rows_next(rows))
        status = keep_known(f, rows, err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static int by_known(const void *left, const void *right)
{
    const known *a = left, *b = right;
    const int order = strcmp(a->event, b->event);

    return order != 0 ? order : strcmp(a->person, b->person);
}

static bool was_sent(const finding *f, const char *event, const char *person)
{
    const known key = { (char *)event, (char *)person };

    return f->sent_count > 0 &&
           bsearch(&key, f->sent, f->sent_count, sizeof *f->sent, by_known) != NULL;
}

static bool kind_counts(const kith_event_record *event, const kith_alerts_options *options)
{
    if (options->kind_count == 0)
        return event->meaning->known && event->meaning->valence == KITH_RISK && event->meaning->gathers;
    for (size_t i = 0; i < options->kind_count; i++)
        if (kith_word_same(event->word, options->kinds[i]))
            return true;
    return false;
}

static kith_status read_child(kith_alert *alert, finding *f, kith_error *err)
{
    kith_rows *rows;
    kith_status status =
        kith_store_read(&rows, f->store, &f->network->view, KITH_QUERY_ALERT_CHILD, err);

    if (status != KITH_OK)
        return status;
    alert->school = alert->school_name = alert->authority = "";
    kith_rows_bind_integer(rows, "person", f->network->things[alert->person].row.row);
    while (kith_rows_next(rows)) {
        if (alert->school[0] == '\0') {
            alert->school = kith_pool_add(f->alerts->pool, kith_rows_text(rows, 0));
            alert->school_name = kith_pool_add(f->alerts->pool, kith_rows_text(rows, 1));
        }
        if (alert->authority[0] == '\0')
            alert->authority = kith_pool_add(f->alerts->pool, kith_rows_text(rows, 2));
        if (alert->school == NULL || alert->school_name == NULL || alert->authority == NULL) {
            kith_rows_end(rows, NULL);
            return kith_no_memory(err);
        }
    }
    return kith_rows_end(rows, err);
}

static kith_status add_item(finding *f, kith_alert alert, kith_error *err)
{
    kith_alerts *alerts = f->alerts;

    if ((alerts->count & (alerts->count + 1)) == 0) { /* one less than a power of two: full */
        kith_alert *grown =
            realloc(alerts->items, (2 * alerts->count + 2) * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        alerts->items = grown;
    }
    const kith_status status = read_child(&alert, f, err);
    if (status == KITH_OK) {
        alerts->items[alerts->count++] = alert;
        alerts->late_count += alert.late;
    }
    return status;
}

/* The roles of one person in an event, from the participation at *at on, which moves past them. */
static unsigned gather_roles(uint32_t *at, const finding *f, const kith_event_record *event)
{
    const kith_participation *all = f->network->participations + event->first_participation;
    const uint32_t person = all[*at].person;
    unsigned roles = 0;

    for (; *at < event->participation_count && all[*at].person == person; ++*at) {
        if (kith_grade_is_false(f->network->origins[all[*at].origin].grade))
            f->alerts->graded_false += event->at.day == f->alerts->day;
        else if (all[*at].role != KITH_REPORTER && all[*at].role != KITH_HELPER)
            roles |= all[*at].role;
    }
    return roles;
}

static kith_status look_at_people(finding *f, uint32_t index, kith_error *err)
{
    const kith_event_record *event = &f->network->events[index];
    const bool late = event->at.day < f->alerts->day;
    kith_status status = KITH_OK;

    for (uint32_t at = 0; status == KITH_OK && at < event->participation_count;) {
        const uint32_t person = f->network->participations[event->first_participation + at].person;
        const kith_thing *thing = &f->network->things[person];
        const unsigned roles = gather_roles(&at, f, event);
        const kith_age_group age = kith_thing_age_group(thing, event->at.day);
        if (roles == 0 || (late && was_sent(f, event->id, thing->id)))
            continue;
        if (age == KITH_ADULT)
            f->alerts->adults += !late;
        else
            status = add_item(f, (kith_alert){ .person = person, .event = index, .roles = roles, .late = late,
                                               .age_unknown = age == KITH_AGE_UNKNOWN }, err);
    }
    return status;
}

static kith_status look_at_event(finding *f, uint32_t index, kith_error *err)
{
    const kith_event_record *event = &f->network->events[index];
    kith_alerts *alerts = f->alerts;
    const bool today = event->at.day == alerts->day;

    if (event->at.precision == KITH_UNDATED ||
        (!today && !(event->at.day >= f->late_from && event->at.day < alerts->day)))
        return KITH_OK;
    if (!kind_counts(event, &alerts->options)) {
        alerts->other_kinds += today;
        return KITH_OK;
    }
    if (kith_grade_is_false(f->network->origins[event->origin].grade)) {
        alerts->graded_false += today;
        return KITH_OK;
    }
    if (event->at.precision == KITH_MONTH) {
        alerts->month_only += today;
        return KITH_OK;
    }
    return look_at_people(f, index, err);
}

/* Who sorts items needs the network too: qsort takes no context, so items carry their keys. */
typedef struct sorted {
    kith_alert alert;
    const char *recipient, *event, *person;
    int64_t at;
} sorted;

static int by_recipient(const void *left, const void *right)
{
    const sorted *a = left, *b = right;
    const int order = strcmp(a->recipient, b->recipient);

    if ((a->recipient[0] == '\0') != (b->recipient[0] == '\0'))
        return a->recipient[0] == '\0' ? 1 : -1;
    if (order != 0)
        return order;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    const int event = strcmp(a->event, b->event);
    return event != 0 ? event : strcmp(a->person, b->person);
}

static kith_status put_in_order(finding *f, kith_error *err)
{
    kith_alerts *alerts = f->alerts;
    sorted *list = malloc((alerts->count + 1) * sizeof *list);

    if (list == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < alerts->count; i++) {
        const kith_event_record *event = &f->network->events[alerts->items[i].event];
        list[i] = (sorted){ alerts->items[i], kith_alert_recipient(alerts, &alerts->items[i]), event->id,
                            f->network->things[alerts->items[i].person].id, event->at.utc };
    }
    qsort(list, alerts->count, sizeof *list, by_recipient);
    for (size_t i = 0; i < alerts->count; i++)
        alerts->items[i] = list[i].alert;
    free(list);
    return KITH_OK;
}

kith_status kith_alerts_find(kith_alerts *alerts, kith_store *store, const kith_network *network,
                             const kith_alerts_options *options, kith_error *err)
{
    finding f = { .alerts = alerts, .network = network, .store = store };

    *alerts = (kith_alerts){ .options = *options, .day = network->view.as_of };
    if (options->late_days < 0 || options->late_days > KITH_ALERTS_LATE_MOST)
        return kith_fail(err, KITH_USAGE, "late days are %d; a number from 0 to %d is expected",
                         options->late_days, KITH_ALERTS_LATE_MOST);
    alerts->pool = kith_pool_new();
    kith_status status = alerts->pool != NULL ? read_sent(&f, err) : kith_no_memory(err);
    for (uint32_t e = 0; status == KITH_OK && e < network->event_count; e++)
        status = look_at_event(&f, e, err);
    if (status == KITH_OK)
        status = put_in_order(&f, err);
    free(f.sent);
    if (status != KITH_OK)
        kith_alerts_free(alerts);
    return status;
}

void kith_alerts_free(kith_alerts *alerts)
{
    free(alerts->items);
    kith_pool_free(alerts->pool);
    *alerts = (kith_alerts){ 0 };
}
