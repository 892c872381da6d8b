/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_near.c: which rows lie near a few things.
 *
 * A walk over rows: from a thing to the events that name it or happened there, and to its links; from
 * these to whom they name. Records that are one are one step. Every tie of every layer is made by an event
 * or a link, so after as many rounds as there are steps, and one more, all is listed that may be within
 * them, with all that each of those has. The loader then reads the lists as it reads whole tables.
 *
 * What takes the time is to find rows: those of a round have many events in common, most of them of other
 * years. So a round first gathers which they are, and then looks at each once, in the order in which they lie. */
#include <assert.h>
#include <stdlib.h>

#include "kith/record.h"
#include "network_private.h"

static bool push(kith_row_list *list, int64_t row)
{
    if (!kith_make_room((void **)&list->rows, &list->room, list->count, sizeof *list->rows))
        return false;
    list->rows[list->count++] = row;
    return true;
}

static bool has(const kith_row_list *list, int64_t row)
{
    return kith_row_index_get(&list->place, row) != KITH_NOTHING;
}

/* Adds a row unless it is there; false when there is no memory. */
static bool add(kith_row_list *list, int64_t row)
{
    return has(list, row) ||
           (kith_row_index_set(&list->place, row, (uint32_t)list->count) && push(list, row));
}

static kith_status take_record(kith_loader *loader, kith_rows *rows)
{
    const int64_t kind = kith_rows_integer(rows, 1);

    if (kind < KITH_PERSON || kind > KITH_OBJECT)
        return kith_damaged(loader, "a record", "near what is asked for", "a kind");
    return add(&loader->near->records, kith_rows_integer(rows, 0)) &&
                   push(&loader->near->things[kind], kith_rows_integer(rows, 0)) &&
                   add(&loader->near->origins, kith_rows_integer(rows, 2))
               ? KITH_OK
               : kith_no_memory(loader->err);
}

static kith_status bring_in(kith_loader *loader, int64_t record)
{
    return has(&loader->near->records, record)
               ? KITH_OK
               : kith_read_row(loader, KITH_QUERY_NEAR_RECORDS, record, take_record);
}

static kith_status take_named(kith_loader *loader, kith_rows *rows)
{
    return add(&loader->near->origins, kith_rows_integer(rows, 1)) ? bring_in(loader, kith_rows_integer(rows, 0))
                                                                   : kith_no_memory(loader->err);
}

static kith_status take_met(kith_loader *loader, kith_rows *rows)
{
    return add(&loader->near->met, kith_rows_integer(rows, 0)) ? KITH_OK : kith_no_memory(loader->err);
}

/* Of an event in the window; its row is the one in hand. */
static kith_status take_event(kith_loader *loader, kith_rows *rows)
{
    const int64_t event = loader->near->met.rows[loader->near->looked_at], place = kith_rows_integer(rows, 0);
    kith_status status = KITH_OK;

    if (!push(&loader->near->events, event) || !add(&loader->near->origins, kith_rows_integer(rows, 1)))
        return kith_no_memory(loader->err);
    if (place != 0)
        status = bring_in(loader, place);
    return status == KITH_OK ? kith_read_row(loader, KITH_QUERY_NEAR_PEOPLE, event, take_named) : status;
}

static kith_status take_link(kith_loader *loader, kith_rows *rows)
{
    const int64_t link = kith_rows_integer(rows, 0);
    kith_status status;

    if (has(&loader->near->links, link))
        return KITH_OK;
    if (!add(&loader->near->links, link) || !add(&loader->near->origins, kith_rows_integer(rows, 3)))
        return kith_no_memory(loader->err);
    status = bring_in(loader, kith_rows_integer(rows, 1));
    return status == KITH_OK ? bring_in(loader, kith_rows_integer(rows, 2)) : status;
}

/* Whatever an id, with its kind before it or bare, may mean. */
static kith_status start(kith_loader *loader, const char *id)
{
    const char *const spelt[] = { id, kith_record_bare_id(id) };
    kith_status status = KITH_OK;

    for (int i = 0; status == KITH_OK && i < (spelt[0] == spelt[1] ? 1 : 2); i++) {
        kith_rows *rows;
        status = kith_store_read(&rows, loader->store, &loader->network->view, KITH_QUERY_SHOW_ENTITY, loader->err);
        if (status != KITH_OK)
            return status;
        kith_rows_bind_text(rows, "id", spelt[i]);
        while (status == KITH_OK && kith_rows_next(rows))
            status = bring_in(loader, kith_rows_integer(rows, 0));
        const kith_status end = kith_rows_end(rows, status == KITH_OK ? loader->err : NULL);
        status = status == KITH_OK ? end : status;
    }
    return status;
}

static bool is_too_much(const kith_near *near)
{
    return near->records.count + near->events.count > near->most;
}

static int by_row(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

static void sort_from(kith_row_list *list, size_t from)
{
    if (list->count > from)
        qsort(list->rows + from, list->count - from, sizeof *list->rows, by_row);
}

/* Each event that was met since the last round. */
static kith_status look_at_events(kith_loader *loader)
{
    kith_near *near = loader->near;
    kith_status status = KITH_OK;

    sort_from(&near->met, near->looked_at);
    for (; status == KITH_OK && near->looked_at < near->met.count && !is_too_much(near); near->looked_at++)
        status = kith_read_row(loader, KITH_QUERY_NEAR_HAPPENED, near->met.rows[near->looked_at], take_event);
    return status;
}

static kith_status walk(kith_loader *loader)
{
    kith_near *near = loader->near;
    kith_status status = KITH_OK;
    size_t from = 0;

    for (int step = 0; status == KITH_OK && step <= near->hops; step++) {
        sort_from(&near->records, from);
        for (const size_t end = near->records.count; status == KITH_OK && from < end && !is_too_much(near); from++) {
            status = kith_read_row(loader, KITH_QUERY_NEAR_EVENTS, near->records.rows[from], take_met);
            if (status == KITH_OK)
                status = kith_read_row(loader, KITH_QUERY_NEAR_LINKS, near->records.rows[from], take_link);
            if (status == KITH_OK && near->met.count - near->looked_at > near->most) /* to know soon that it is too much */
                status = look_at_events(loader);
        }
        if (status == KITH_OK)
            status = look_at_events(loader);
    }
    return status;
}

static void drop(kith_row_list *list)
{
    free(list->rows);
    free(list->place.of);
    *list = (kith_row_list){ 0 };
}

void kith_near_free(kith_near *near)
{
    for (kith_kind kind = KITH_PERSON; kind <= KITH_OBJECT; kind++)
        drop(&near->things[kind]);
    drop(&near->records);
    drop(&near->met);
    drop(&near->events);
    drop(&near->links);
    drop(&near->origins);
}

/* All is read in the order of its rows; of too much nothing is. */
kith_status kith_near_find(kith_loader *loader)
{
    kith_near *near = loader->near;
    kith_status status = KITH_OK;

    assert(loader->network->view.through_load == 0);
    for (size_t i = 0; status == KITH_OK && i < near->id_count; i++)
        status = start(loader, near->ids[i]);
    if (status == KITH_OK)
        status = walk(loader);
    loader->network->partial = status == KITH_OK && !is_too_much(near);
    if (!loader->network->partial) {
        kith_near_free(near);
        return status;
    }
    for (kith_kind kind = KITH_PERSON; kind <= KITH_OBJECT; kind++)
        sort_from(&near->things[kind], 0);
    sort_from(&near->events, 0);
    sort_from(&near->links, 0);
    sort_from(&near->origins, 0);
    return status;
}
