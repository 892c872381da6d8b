/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts_sent.c: what was sent, written down and read back. */
#include "kith/alerts.h"

#include "kith/text.h"

static kith_status add_list(kith_store *store, const kith_view *view, const kith_alerts *alerts,
                            const char *names, int64_t now, kith_error *err)
{
    char day[KITH_TIME_SIZE], sent[KITH_TIME_SIZE];
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_ALERT_LIST_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_day_write(day, alerts->day);
    kith_moment_write(sent, now);
    kith_change_text(change, 1, kith_alert_list_word(alerts->options.list));
    kith_change_text(change, 2, day);
    kith_change_text(change, 3, sent);
    kith_change_text(change, 4, view->user);
    kith_change_text(change, 5, view->purpose);
    kith_change_text(change, 6, view->audience);
    kith_change_text(change, 7, names);
    return kith_change_run(change, NULL, err);
}

static kith_status add_item(kith_change *change, int64_t list, const kith_alerts *alerts,
                            const kith_network *network, const kith_alert *alert, kith_text *roles,
                            kith_error *err)
{
    const kith_event_record *event = &network->events[alert->event];

    kith_text_clear(roles);
    kith_alert_roles(roles, network, alert);
    if (roles->failed)
        return kith_no_memory(err);
    kith_change_integer(change, 1, list);
    kith_change_text(change, 2, kith_alert_recipient(alerts, alert));
    kith_change_text(change, 3, event->id);
    kith_change_text(change, 4, network->things[alert->person].id);
    kith_change_text(change, 5, kith_text_string(roles));
    kith_change_text(change, 6, event->word);
    kith_change_integer(change, 7, alert->late);
    return kith_change_run(change, NULL, err);
}

kith_status kith_alerts_record(kith_store *store, const kith_view *view, const kith_alerts *alerts,
                               const kith_network *network, const char *names, int64_t now,
                               kith_error *err)
{
    kith_change *change = NULL;
    kith_text roles = { 0 };
    kith_status status = add_list(store, view, alerts, names, now, err);
    const int64_t list = kith_store_last_row(store);

    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_ALERT_ADD, err);
    for (size_t i = 0; status == KITH_OK && i < alerts->count; i++)
        status = add_item(change, list, alerts, network, &alerts->items[i], &roles, err);
    kith_text_free(&roles);
    return status;
}

kith_status kith_alerts_sent(kith_table *table, kith_store *store, const kith_view *view,
                             kith_error *err)
{
    static const char *const names[] = { "date",     "list",      "sent_at", "user", "audience", "recipient",
                                         "event_id", "person_id", "role",    "kind" };
    enum { TEXTS = sizeof names / sizeof *names };
    kith_rows *rows;

    *table = (kith_table){ .title = "Alerts that were sent", .empty = "none was sent" };
    for (int c = 0; c < TEXTS; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    kith_table_column(table, "late", KITH_CELL_INTEGER);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ALERT_SENT, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        for (int c = 0; c < TEXTS; c++)
            kith_table_text(table, kith_rows_text(rows, c));
        kith_table_integer(table, kith_rows_integer(rows, TEXTS));
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
