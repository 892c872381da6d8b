/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_records.c: what came, what has ended, what is contested.
 *
 * A record is new, or has been corrected, by the load that did it. */
#include <stdlib.h>
#include <string.h>

#include "changes_private.h"
#include "kith/date.h"

/* Columns of changes_new and changes_ended. */
enum { NEW_KIND, NEW_ID, NEW_ONE, NEW_OTHER, NEW_WORD, NEW_DETAIL, NEW_OBSERVED, NEW_LOADED, NEW_SOURCE, NEW_GRADE };
/* Of changes_contests. */
enum { SAID_ID, SAID_RECORD, SAID_ROLE, SAID_FIELD, SAID_BY, SAID_STATE, SAID_SETTLED_ON, SAID_SETTLED_BY, SAID_ON, SAID_LOADED, SAID_TOUCHED, SAID_SOURCE, SAID_GRADE };

static const change_record record_kinds[] = {
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

const change_record *changes_kind_named(const char *word)
{
    size_t i = 0;

    while (i + 1 < sizeof record_kinds / sizeof *record_kinds &&
           strcmp(record_kinds[i].word, word) != 0)
        i++;
    return &record_kinds[i];
}

const char *changes_label(int words, const char *word)
{
    const kith_meaning *meaning =
        words >= 0 ? kith_word_meaning((kith_word_class)words, word) : NULL;

    return meaning != NULL && meaning->known ? meaning->label : word;
}

/* What is dated after as-of is no fact yet. */
bool changes_are_seen(const changes *c, const char *observed)
{
    kith_time time;

    return observed == NULL || observed[0] == '\0' || !kith_time_read(&time, observed) ||
           time.precision == KITH_UNDATED || time.day <= c->view->as_of;
}

void changes_add_origin(kith_text *text, const char *source, const char *grade)
{
    const char *before = text->size > 0 ? "; " : "";

    if (source != NULL && source[0] != '\0')
        kith_text_format(text, "%s%s, %s", before, source, grade != NULL ? grade : "");
    else
        kith_text_format(text, "%s%s", before, grade != NULL ? grade : "");
}

void changes_add_word(kith_text *text, const char *word)
{
    if (word != NULL && word[0] != '\0')
        kith_text_format(text, "%s%s", text->size > 0 ? " " : "", word);
}

/* "P001 friend of P002"; of other records the word and what stands beside it. */
static void describe(changes *c, const change_record *kind, const char *word, const char *beside)
{
    const char *label = changes_label(kind->words, word), *tab = strchr(beside, '\t');

    kith_text_clear(&c->text);
    if (tab != NULL) {
        kith_text_add_bytes(&c->text, beside, (size_t)(tab - beside));
        changes_add_word(&c->text, label);
        changes_add_word(&c->text, tab + 1);
        return;
    }
    changes_add_word(&c->text, label);
    changes_add_word(&c->text, beside);
}

static kith_status take_record(changes *c, const kith_rows *rows, int change)
{
    const change_record *kind = changes_kind_named(changes_text(rows, NEW_KIND));
    const char *observed = changes_text(rows, NEW_OBSERVED);

    if (!changes_concern(c, kith_rows_integer(rows, NEW_ONE)) &&
        !changes_concern(c, kith_rows_integer(rows, NEW_OTHER)))
        return KITH_OK;
    if (!changes_are_seen(c, observed))
        return KITH_OK;
    describe(c, kind, changes_text(rows, NEW_WORD), changes_text(rows, NEW_DETAIL));
    if (change == CHANGE_GONE)
        kith_text_format(&c->text, " ended %s", observed);
    changes_add_origin(&c->text, kith_rows_text(rows, NEW_SOURCE), kith_rows_text(rows, NEW_GRADE));
    return changes_add(c, kind->kind, change, changes_text(rows, NEW_ID), observed,
                       changes_text(rows, NEW_LOADED));
}

kith_status changes_read(kith_rows **rows, changes *c, kith_query query)
{
    const kith_status status = kith_store_read(rows, c->store, c->view, query, c->err);

    if (status == KITH_OK)
        kith_rows_bind_integer(*rows, "load", c->load);
    return status;
}

kith_status changes_end(kith_rows *rows, kith_status status, changes *c)
{
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? c->err : NULL);

    return status == KITH_OK ? end : status;
}

static kith_status find_new(changes *c)
{
    kith_rows *rows;
    kith_status status = changes_read(&rows, c, KITH_QUERY_CHANGES_NEW);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_record(c, rows, CHANGE_NEW);
    return changes_end(rows, status, c);
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
    kith_status status = changes_read(&rows, c, KITH_QUERY_CHANGES_ENDED);

    if (status != KITH_OK)
        return status;
    kith_day_write(then, c->options->as_of);
    kith_rows_bind_text(rows, "then", then);
    while (status == KITH_OK && kith_rows_next(rows))
        if (!had_ended(c, changes_text(rows, NEW_OBSERVED)))
            status = take_record(c, rows, CHANGE_GONE);
    return changes_end(rows, status, c);
}

bool changes_touch_asked(const changes *c, const char *touched)
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

/* "K012: contested by parent; open"; of a part or a field "P010 in E082 as victim: ...", "P001, dob: ...". */
static void describe_contest(changes *c, const kith_rows *rows)
{
    const char *role = changes_text(rows, SAID_ROLE), *field = changes_text(rows, SAID_FIELD);

    kith_text_clear(&c->text);
    kith_text_format(&c->text, "%s%s%s%s%s: contested by %s; %s", changes_text(rows, SAID_RECORD),
                     role[0] != '\0' ? " as " : "", role, field[0] != '\0' ? ", " : "", field,
                     changes_text(rows, SAID_BY), changes_text(rows, SAID_STATE));
    if (changes_text(rows, SAID_SETTLED_ON)[0] != '\0')
        kith_text_format(&c->text, " on %s by %s", changes_text(rows, SAID_SETTLED_ON), changes_text(rows, SAID_SETTLED_BY));
    changes_add_origin(&c->text, kith_rows_text(rows, SAID_SOURCE), kith_rows_text(rows, SAID_GRADE));
}

/* One that was settled since is among the corrected. */
static kith_status find_contests(changes *c)
{
    kith_rows *rows;
    kith_status status = changes_read(&rows, c, KITH_QUERY_CHANGES_CONTESTS);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (!changes_touch_asked(c, changes_text(rows, SAID_TOUCHED)) || !changes_are_seen(c, changes_text(rows, SAID_ON)))
            continue;
        describe_contest(c, rows);
        status = changes_add(c, CHANGED_CONTEST, CHANGE_NEW, changes_text(rows, SAID_ID), changes_text(rows, SAID_ON),
                             changes_text(rows, SAID_LOADED));
    }
    return changes_end(rows, status, c);
}

static kith_status find_undone(changes *c)
{
    char moment[KITH_TIME_SIZE], id[32];
    kith_rows *rows;
    kith_status status = c->options->ids == NULL ? changes_read(&rows, c, KITH_QUERY_CHANGES_UNDONE) : KITH_OK;

    if (status != KITH_OK || c->options->ids != NULL)
        return status;
    kith_moment_write(moment, c->options->since);
    kith_rows_bind_text(rows, "moment", moment);
    while (status == KITH_OK && kith_rows_next(rows)) {
        snprintf(id, sizeof id, "%lld", (long long)kith_rows_integer(rows, 0));
        kith_text_clear(&c->text);
        kith_text_format(&c->text, "loaded %.10s, taken back with all its records",
                         changes_text(rows, 1));
        status = changes_add(c, CHANGED_LOAD, CHANGE_GONE, id, "", changes_text(rows, 2));
    }
    return changes_end(rows, status, c);
}

kith_status changes_of_records(changes *c)
{
    kith_status status = changes_of_events(c);

    if (status == KITH_OK)
        status = find_new(c);
    if (status == KITH_OK)
        status = find_contests(c);
    if (status == KITH_OK)
        status = changes_of_corrections(c);
    if (status == KITH_OK)
        status = find_ended(c);
    return status == KITH_OK ? find_undone(c) : status;
}
