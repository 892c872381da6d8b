/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_events.c: events that came, and people added to earlier ones. The rows of one event
 * stand together in their statement, and become one row. */
#include <string.h>

#include "changes_private.h"

/* Columns of changes_events. */
enum { AT_EVENT, AT_ID, AT_FRESH, AT_WORD, AT_OBSERVED, AT_PLACE, AT_PLACE_ROW, AT_PERSON, AT_PERSON_ROW, AT_ROLE, AT_LOADED, AT_SOURCE, AT_GRADE };

enum { PEOPLE_NAMED = 12 }; /* of one event; the others are counted */

/* The event whose rows are being read. */
typedef struct event_hand {
    int64_t event; /* 0: none */
    bool fresh, concerned;
    size_t people;
    const char *id, *observed, *loaded, *origin;
    const char *last_person, *last_role;
} event_hand;

static kith_status close_event(changes *c, event_hand *hand)
{
    kith_status status = KITH_OK;

    if (hand->event != 0 && hand->concerned && changes_are_seen(c, hand->observed)) {
        if (hand->people > PEOPLE_NAMED)
            kith_text_format(&c->text, " and %zu more", hand->people - PEOPLE_NAMED);
        if (hand->origin[0] != '\0')
            kith_text_format(&c->text, "; %s", hand->origin);
        status = changes_add(c, CHANGED_EVENT, hand->fresh ? CHANGE_NEW : CHANGE_CHANGED, hand->id,
                             hand->observed, hand->loaded);
    }
    *hand = (event_hand){ 0 };
    return status;
}

static kith_status open_event(changes *c, event_hand *hand, const kith_rows *rows)
{
    kith_text origin = { 0 };

    changes_add_origin(&origin, kith_rows_text(rows, AT_SOURCE), kith_rows_text(rows, AT_GRADE));
    *hand = (event_hand){
        .event = kith_rows_integer(rows, AT_EVENT),
        .fresh = kith_rows_integer(rows, AT_FRESH) != 0,
        .concerned = changes_concern(c, kith_rows_integer(rows, AT_PLACE_ROW)),
        .id = kith_pool_add(c->pool, changes_text(rows, AT_ID)),
        .observed = kith_pool_add(c->pool, changes_text(rows, AT_OBSERVED)),
        .loaded = kith_pool_add(c->pool, changes_text(rows, AT_LOADED)),
        .origin = kith_pool_add(c->pool, kith_text_string(&origin)),
        .last_person = "",
        .last_role = "",
    };
    const kith_status status = kith_text_status(&origin, c->err);
    kith_text_free(&origin);
    if (hand->id == NULL || hand->observed == NULL || hand->loaded == NULL || hand->origin == NULL)
        return kith_no_memory(c->err);
    kith_text_clear(&c->text);
    changes_add_word(&c->text, changes_label(KITH_EVENT_WORD, changes_text(rows, AT_WORD)));
    if (changes_text(rows, AT_PLACE)[0] != '\0')
        kith_text_format(&c->text, " at %s", changes_text(rows, AT_PLACE));
    return status;
}

/* "missing at L07: P001 missing, P002 missing", and of an earlier event "added P003 victim". */
static kith_status take_part(changes *c, event_hand *hand, const kith_rows *rows)
{
    const char *person = changes_text(rows, AT_PERSON), *role = changes_text(rows, AT_ROLE);
    const char *before = hand->last_person[0] != '\0' ? ", " : hand->fresh ? ": " : ": added ";

    hand->concerned =
        hand->concerned || changes_concern(c, kith_rows_integer(rows, AT_PERSON_ROW));
    if (person[0] == '\0' ||
        (strcmp(person, hand->last_person) == 0 && strcmp(role, hand->last_role) == 0))
        return KITH_OK;
    const bool again = strcmp(person, hand->last_person) == 0;
    hand->people += !again;
    if (hand->people <= PEOPLE_NAMED && again)
        kith_text_format(&c->text, " and %s", role);
    else if (hand->people <= PEOPLE_NAMED)
        kith_text_format(&c->text, "%s%s %s", before, person, role);
    hand->last_person = kith_pool_add(c->pool, person);
    hand->last_role = kith_pool_add(c->pool, role);
    return hand->last_person != NULL && hand->last_role != NULL ? KITH_OK : kith_no_memory(c->err);
}

kith_status changes_of_events(changes *c)
{
    event_hand hand = { 0 };
    kith_rows *rows;
    kith_status status = changes_read(&rows, c, KITH_QUERY_CHANGES_EVENTS);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (kith_rows_integer(rows, AT_EVENT) != hand.event) {
            status = close_event(c, &hand);
            if (status == KITH_OK)
                status = open_event(c, &hand, rows);
        }
        if (status == KITH_OK)
            status = take_part(c, &hand, rows);
    }
    if (status == KITH_OK)
        status = close_event(c, &hand);
    return changes_end(rows, status, c);
}
