/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_records.c: what came, what was corrected, what has ended.
 *
 * A record is new, or has been corrected, by the load that did it. The rows of one event, and the
 * corrected fields of one record, stand together in their statements and become one row. */
#include <stdlib.h>
#include <string.h>

#include "changes_private.h"
#include "kith/date.h"

/* Columns of changes_new and changes_ended. */
enum { NEW_KIND, NEW_ID, NEW_ONE, NEW_OTHER, NEW_WORD, NEW_DETAIL, NEW_OBSERVED, NEW_LOADED, NEW_SOURCE, NEW_GRADE };
/* Of changes_events. */
enum { AT_EVENT, AT_ID, AT_FRESH, AT_WORD, AT_OBSERVED, AT_PLACE, AT_PLACE_ROW, AT_PERSON, AT_PERSON_ROW, AT_ROLE, AT_LOADED, AT_SOURCE, AT_GRADE };
/* Of changes_corrected. */
enum { WAS_TABLE, WAS_RECORD, WAS_ID, WAS_DETAIL, WAS_FIELD, WAS_OLD, WAS_NEW, WAS_GRADE, WAS_OBSERVED, WAS_LOADED, WAS_TOUCHED };
/* Of changes_contests. */
enum { SAID_ID, SAID_RECORD, SAID_ROLE, SAID_FIELD, SAID_BY, SAID_STATE, SAID_SETTLED_ON, SAID_SETTLED_BY, SAID_ON, SAID_LOADED, SAID_TOUCHED, SAID_SOURCE, SAID_GRADE };

enum { PEOPLE_NAMED = 12 }; /* of one event; the others are counted */

static const struct record_kind {
    const char *word;
    change_kind kind;
    int words; /* a kith_word_class, -1: the word is printed as it is */
} record_kinds[] = {
    { "person", CHANGED_PERSON, -1 },
    { "location", CHANGED_LOCATION, KITH_PLACE_WORD },
    { "group", CHANGED_GROUP, KITH_GROUP_WORD },
    { "grouping", CHANGED_GROUP, KITH_GROUP_WORD },
    { "object", CHANGED_OBJECT, KITH_OBJECT_WORD },
    { "event", CHANGED_EVENT, KITH_EVENT_WORD },
    { "link", CHANGED_LINK, KITH_LINK_WORD },
    { "context", CHANGED_CONTEXT, -1 },
    { "flag", CHANGED_FLAG, -1 },
    { "constraint", CHANGED_CONSTRAINT, -1 },
    { "assessment", CHANGED_ASSESSMENT, -1 },
    { "indicator", CHANGED_INDICATOR, -1 },
    { "scale", CHANGED_SCALE, -1 },
    { "action", CHANGED_ACTION, -1 },
    { "contest", CHANGED_CONTEST, -1 },
};

static const struct record_kind *kind_named(const char *word)
{
    size_t i = 0;

    while (i + 1 < sizeof record_kinds / sizeof *record_kinds &&
           strcmp(record_kinds[i].word, word) != 0)
        i++;
    return &record_kinds[i];
}

static const char *label_of(int words, const char *word)
{
    const kith_meaning *meaning =
        words >= 0 ? kith_word_meaning((kith_word_class)words, word) : NULL;

    return meaning != NULL && meaning->known ? meaning->label : word;
}

/* What is dated after as-of is no fact yet. */
static bool is_seen(const changes *c, const char *observed)
{
    kith_time time;

    return observed == NULL || observed[0] == '\0' || !kith_time_read(&time, observed) ||
           time.precision == KITH_UNDATED || time.day <= c->view->as_of;
}

static void add_origin(kith_text *text, const char *source, const char *grade)
{
    const char *before = text->size > 0 ? "; " : "";

    if (source != NULL && source[0] != '\0')
        kith_text_format(text, "%s%s, %s", before, source, grade != NULL ? grade : "");
    else
        kith_text_format(text, "%s%s", before, grade != NULL ? grade : "");
}

static void add_word(kith_text *text, const char *word)
{
    if (word != NULL && word[0] != '\0')
        kith_text_format(text, "%s%s", text->size > 0 ? " " : "", word);
}

/* "P001 friend of P002"; of other records the word and what stands beside it. */
static void describe(changes *c, const struct record_kind *kind, const char *word, const char *beside)
{
    const char *label = label_of(kind->words, word), *tab = strchr(beside, '\t');

    kith_text_clear(&c->text);
    if (tab != NULL) {
        kith_text_add_bytes(&c->text, beside, (size_t)(tab - beside));
        add_word(&c->text, label);
        add_word(&c->text, tab + 1);
        return;
    }
    add_word(&c->text, label);
    add_word(&c->text, beside);
}

static const char *text_at(const kith_rows *rows, int column)
{
    const char *text = kith_rows_text(rows, column);

    return text != NULL ? text : "";
}

static kith_status take_record(changes *c, const kith_rows *rows, int change)
{
    const struct record_kind *kind = kind_named(text_at(rows, NEW_KIND));
    const char *observed = text_at(rows, NEW_OBSERVED);

    if (!changes_concern(c, kith_rows_integer(rows, NEW_ONE)) &&
        !changes_concern(c, kith_rows_integer(rows, NEW_OTHER)))
        return KITH_OK;
    if (!is_seen(c, observed))
        return KITH_OK;
    describe(c, kind, text_at(rows, NEW_WORD), text_at(rows, NEW_DETAIL));
    if (change == CHANGE_GONE)
        kith_text_format(&c->text, " ended %s", observed);
    add_origin(&c->text, kith_rows_text(rows, NEW_SOURCE), kith_rows_text(rows, NEW_GRADE));
    return changes_add(c, kind->kind, change, text_at(rows, NEW_ID), observed,
                       text_at(rows, NEW_LOADED));
}

static kith_status start(kith_rows **rows, changes *c, kith_query query)
{
    const kith_status status = kith_store_read(rows, c->store, c->view, query, c->err);

    if (status == KITH_OK)
        kith_rows_bind_integer(*rows, "load", c->load);
    return status;
}

static kith_status finish(kith_rows *rows, kith_status status, changes *c)
{
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? c->err : NULL);

    return status == KITH_OK ? end : status;
}

static kith_status find_new(changes *c)
{
    kith_rows *rows;
    kith_status status = start(&rows, c, KITH_QUERY_CHANGES_NEW);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_record(c, rows, CHANGE_NEW);
    return finish(rows, status, c);
}

/* Whether it had ended by the earlier day already. */
static bool had_ended(const changes *c, const char *ended)
{
    kith_time time;

    return !kith_time_read(&time, ended) || time.day <= c->options->as_of;
}

static kith_status find_ended(changes *c)
{
    char then[KITH_TIME_SIZE];
    kith_rows *rows;
    kith_status status = start(&rows, c, KITH_QUERY_CHANGES_ENDED);

    if (status != KITH_OK)
        return status;
    kith_day_write(then, c->options->as_of);
    kith_rows_bind_text(rows, "then", then);
    while (status == KITH_OK && kith_rows_next(rows))
        if (!had_ended(c, text_at(rows, NEW_OBSERVED)))
            status = take_record(c, rows, CHANGE_GONE);
    return finish(rows, status, c);
}

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

    if (hand->event != 0 && hand->concerned && is_seen(c, hand->observed)) {
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

    add_origin(&origin, kith_rows_text(rows, AT_SOURCE), kith_rows_text(rows, AT_GRADE));
    *hand = (event_hand){
        .event = kith_rows_integer(rows, AT_EVENT),
        .fresh = kith_rows_integer(rows, AT_FRESH) != 0,
        .concerned = changes_concern(c, kith_rows_integer(rows, AT_PLACE_ROW)),
        .id = kith_pool_add(c->pool, text_at(rows, AT_ID)),
        .observed = kith_pool_add(c->pool, text_at(rows, AT_OBSERVED)),
        .loaded = kith_pool_add(c->pool, text_at(rows, AT_LOADED)),
        .origin = kith_pool_add(c->pool, kith_text_string(&origin)),
        .last_person = "",
        .last_role = "",
    };
    const kith_status status = kith_text_status(&origin, c->err);
    kith_text_free(&origin);
    if (hand->id == NULL || hand->observed == NULL || hand->loaded == NULL || hand->origin == NULL)
        return kith_no_memory(c->err);
    kith_text_clear(&c->text);
    add_word(&c->text, label_of(KITH_EVENT_WORD, text_at(rows, AT_WORD)));
    if (text_at(rows, AT_PLACE)[0] != '\0')
        kith_text_format(&c->text, " at %s", text_at(rows, AT_PLACE));
    return status;
}

/* "missing at L07: P001 missing, P002 missing", and of an earlier event "added P003 victim". */
static kith_status take_part(changes *c, event_hand *hand, const kith_rows *rows)
{
    const char *person = text_at(rows, AT_PERSON), *role = text_at(rows, AT_ROLE);
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

static kith_status find_events(changes *c)
{
    event_hand hand = { 0 };
    kith_rows *rows;
    kith_status status = start(&rows, c, KITH_QUERY_CHANGES_EVENTS);

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
    return finish(rows, status, c);
}

/* Values that name somebody, or are long: they are in the hub, and not in a list of changes. */
static bool is_private(const char *field)
{
    static const char *const fields[] = { "name",  "label",   "aliases", "address", "postcode", "identifiers",
                                          "notes", "summary", "extra",   "goal",    "action",
                                          "reason", "resolution" };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i], field) == 0)
            return true;
    return false;
}

/* The record whose corrected fields are being read. */
typedef struct record_hand {
    const struct record_kind *kind;
    int64_t record; /* 0: none */
    bool concerned, graded;
    kith_grade was, is;
    int better; /* above 0 for a conviction that is referred to now, below for one no more */
    const char *id, *observed, *loaded;
} record_hand;

static int direction_of(const record_hand *hand)
{
    const double was = kith_reliability(hand->was, &kith_weighting_default);
    const double is = kith_reliability(hand->is, &kith_weighting_default);

    if (hand->graded && was != is)
        return is > was ? CHANGE_UPGRADED : CHANGE_DOWNGRADED;
    return hand->better > 0 ? CHANGE_UPGRADED : hand->better < 0 ? CHANGE_DOWNGRADED : CHANGE_CHANGED;
}

static kith_status close_record(changes *c, record_hand *hand)
{
    const kith_status status =
        hand->record != 0 && hand->concerned && is_seen(c, hand->observed)
            ? changes_add(c, hand->kind->kind, direction_of(hand), hand->id, hand->observed,
                          hand->loaded)
            : KITH_OK;

    *hand = (record_hand){ 0 };
    return status;
}

static bool touches_asked(const changes *c, const char *touched)
{
    char *end;

    for (const char *at = touched; *at != '\0'; at = end) {
        const int64_t row = strtoll(at, &end, 10);
        if (end == at)
            break;
        if (changes_concern(c, row))
            return true;
    }
    return c->options->ids == NULL;
}

static kith_grade grade_in(const char *text)
{
    const bool graded = text[0] >= '1' && text[0] <= '3' && text[1] >= 'A' && text[1] <= 'E' &&
                        text[2] == '\0';

    return graded ? (kith_grade){ .source = text[0], .info = text[1] } : (kith_grade){ 0 };
}

static kith_status open_record(changes *c, record_hand *hand, const kith_rows *rows)
{
    *hand = (record_hand){
        .kind = kind_named(text_at(rows, WAS_TABLE)),
        .record = kith_rows_integer(rows, WAS_RECORD),
        .concerned = touches_asked(c, text_at(rows, WAS_TOUCHED)),
        .is = grade_in(text_at(rows, WAS_GRADE)),
        .id = kith_pool_add(c->pool, text_at(rows, WAS_ID)),
        .observed = kith_pool_add(c->pool, text_at(rows, WAS_OBSERVED)),
        .loaded = kith_pool_add(c->pool, text_at(rows, WAS_LOADED)),
    };
    hand->was = hand->is;
    kith_text_clear(&c->text);
    if (hand->id == NULL || hand->observed == NULL || hand->loaded == NULL)
        return kith_no_memory(c->err);
    const char *ends = text_at(rows, WAS_DETAIL), *tab = strchr(ends, '\t');
    if (tab != NULL)
        kith_text_format(&c->text, "%.*s to %s", (int)(tab - ends), ends, tab + 1);
    return KITH_OK;
}

static const char *or_blank(const char *value)
{
    return value[0] != '\0' ? value : "blank";
}

static void take_field(changes *c, record_hand *hand, const kith_rows *rows)
{
    const char *field = text_at(rows, WAS_FIELD);
    const char *old = text_at(rows, WAS_OLD), *new = text_at(rows, WAS_NEW);

    if (strcmp(field, "source_grade") == 0)
        hand->was.source = old[0];
    else if (strcmp(field, "info_grade") == 0)
        hand->was.info = old[0];
    hand->graded = hand->graded || strcmp(field, "source_grade") == 0 || strcmp(field, "info_grade") == 0;
    if (strcmp(field, "conviction_ref") == 0 && (old[0] == '\0') != (new[0] == '\0'))
        hand->better = old[0] == '\0' ? 1 : -1;
    kith_text_format(&c->text, "%s%s", c->text.size > 0 ? "; " : "", field);
    if (is_private(field))
        kith_text_add(&c->text, " corrected");
    else
        kith_text_format(&c->text, " %s to %s", or_blank(old), or_blank(new));
}

static kith_status find_corrected(changes *c)
{
    const struct record_kind *kind = NULL;
    record_hand hand = { 0 };
    kith_rows *rows;
    kith_status status = start(&rows, c, KITH_QUERY_CHANGES_CORRECTED);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        kind = kind_named(text_at(rows, WAS_TABLE));
        if (kith_rows_integer(rows, WAS_RECORD) != hand.record || kind != hand.kind) {
            status = close_record(c, &hand);
            if (status == KITH_OK)
                status = open_record(c, &hand, rows);
        }
        if (status == KITH_OK)
            take_field(c, &hand, rows);
    }
    if (status == KITH_OK)
        status = close_record(c, &hand);
    return finish(rows, status, c);
}

/* "K012: contested by parent; open"; of a part or a field "P010 in E082 as victim: ...", "P001, dob: ...". */
static void describe_contest(changes *c, const kith_rows *rows)
{
    const char *role = text_at(rows, SAID_ROLE), *field = text_at(rows, SAID_FIELD);

    kith_text_clear(&c->text);
    kith_text_format(&c->text, "%s%s%s%s%s: contested by %s; %s", text_at(rows, SAID_RECORD),
                     role[0] != '\0' ? " as " : "", role, field[0] != '\0' ? ", " : "", field,
                     text_at(rows, SAID_BY), text_at(rows, SAID_STATE));
    if (text_at(rows, SAID_SETTLED_ON)[0] != '\0')
        kith_text_format(&c->text, " on %s by %s", text_at(rows, SAID_SETTLED_ON), text_at(rows, SAID_SETTLED_BY));
    add_origin(&c->text, kith_rows_text(rows, SAID_SOURCE), kith_rows_text(rows, SAID_GRADE));
}

/* One that was settled since is among the corrected. */
static kith_status find_contests(changes *c)
{
    kith_rows *rows;
    kith_status status = start(&rows, c, KITH_QUERY_CHANGES_CONTESTS);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (!touches_asked(c, text_at(rows, SAID_TOUCHED)) || !is_seen(c, text_at(rows, SAID_ON)))
            continue;
        describe_contest(c, rows);
        status = changes_add(c, CHANGED_CONTEST, CHANGE_NEW, text_at(rows, SAID_ID), text_at(rows, SAID_ON),
                             text_at(rows, SAID_LOADED));
    }
    return finish(rows, status, c);
}

static kith_status find_undone(changes *c)
{
    char moment[KITH_TIME_SIZE], id[32];
    kith_rows *rows;
    kith_status status = c->options->ids == NULL ? start(&rows, c, KITH_QUERY_CHANGES_UNDONE) : KITH_OK;

    if (status != KITH_OK || c->options->ids != NULL)
        return status;
    kith_moment_write(moment, c->options->since);
    kith_rows_bind_text(rows, "moment", moment);
    while (status == KITH_OK && kith_rows_next(rows)) {
        snprintf(id, sizeof id, "%lld", (long long)kith_rows_integer(rows, 0));
        kith_text_clear(&c->text);
        kith_text_format(&c->text, "loaded %.10s, taken back with all its records",
                         text_at(rows, 1));
        status = changes_add(c, CHANGED_LOAD, CHANGE_GONE, id, "", text_at(rows, 2));
    }
    return finish(rows, status, c);
}

kith_status changes_of_records(changes *c)
{
    kith_status status = find_events(c);

    if (status == KITH_OK)
        status = find_new(c);
    if (status == KITH_OK)
        status = find_contests(c);
    if (status == KITH_OK)
        status = find_corrected(c);
    if (status == KITH_OK)
        status = find_ended(c);
    return status == KITH_OK ? find_undone(c) : status;
}
