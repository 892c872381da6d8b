/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contest.c: contests read, listed with whom to tell, recorded and settled. */
#include "kith/contest.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/audit.h"
#include "kith/csv.h"
#include "kith/date.h"
#include "kith/import.h"
#include "kith/record.h"
#include "pool.h"

enum { ROW, ID, SUBJECT, EVENT, LINK_FROM, LINK_TO, ITEM_SUBJECT, TEXTS /* the first of 13 */ };
enum { AUDIT_AT = 1, AUDIT_TO = 5 /* columns of the audit's list */, MOMENT = 19 };
enum { DIGEST_SIZE = 16 /* the least of sodium */, DIGEST_SHOWN = 5 };

static kith_status take(kith_contests *contests, size_t *room, const kith_rows *rows, kith_error *err)
{
    if (contests->count == *room) {
        *room = *room > 0 ? 2 * *room : 16;
        kith_contest *grown = realloc(contests->list, *room * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        contests->list = grown;
    }
    kith_contest *c = &contests->list[contests->count++];
    *c = (kith_contest){ .row = kith_rows_integer(rows, ROW),
                         .subject = kith_rows_integer(rows, SUBJECT),
                         .event = kith_rows_integer(rows, EVENT),
                         .link_from = kith_rows_integer(rows, LINK_FROM),
                         .link_to = kith_rows_integer(rows, LINK_TO),
                         .item_subject = kith_rows_integer(rows, ITEM_SUBJECT) };
    const char **const texts[] = { &c->record, &c->what, &c->role, &c->field, &c->by, &c->on, &c->reason,
                                   &c->state, &c->resolved_on, &c->resolved_by, &c->resolution,
                                   &c->source, &c->loaded_at };
    c->id = kith_pool_add(contests->pool, kith_rows_text(rows, ID));
    bool kept = c->id != NULL;
    for (size_t i = 0; kept && i < sizeof texts / sizeof *texts; i++) {
        const char *text = kith_rows_text(rows, TEXTS + (int)i);
        *texts[i] = kith_pool_add(contests->pool, text != NULL ? text : "");
        kept = *texts[i] != NULL;
    }
    return kept ? KITH_OK : kith_no_memory(err);
}

kith_status kith_contests_read(kith_contests *contests, kith_store *store, const kith_view *view,
                               kith_error *err)
{
    kith_rows *rows;
    size_t room = 0;

    *contests = (kith_contests){ .pool = kith_pool_new() };
    kith_status status = contests->pool != NULL
                             ? kith_store_read(&rows, store, view, KITH_QUERY_CONTEST_ALL, err)
                             : kith_no_memory(err);
    if (status == KITH_OK) {
        while (status == KITH_OK && kith_rows_next(rows))
            status = take(contests, &room, rows, err);
        const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
        status = status == KITH_OK ? ended : status;
    }
    if (status != KITH_OK)
        kith_contests_free(contests);
    return status;
}

void kith_contests_free(kith_contests *contests)
{
    free(contests->list);
    kith_pool_free(contests->pool);
    *contests = (kith_contests){ 0 };
}

/* Whether a list "chair (2022-06-01), police (2022-06-02)" has a name. */
static bool names(const char *list, const char *name)
{
    const size_t size = strlen(name);

    for (const char *at = list; (at = strstr(at, name)) != NULL; at += size)
        if ((at == list || at[-1] == ' ') && strncmp(at + size, " (", 2) == 0)
            return true;
    return false;
}

void kith_contest_recipients(kith_text *out, const kith_table *disclosures, const char *before)
{
    for (size_t r = kith_table_rows(disclosures); r-- > 0;) {
        const kith_cell *c = &disclosures->cells[r * disclosures->column_count];
        if (!c[AUDIT_AT].missing && !c[AUDIT_TO].missing && strncmp(c[AUDIT_AT].text, before, MOMENT) <= 0 &&
            !names(kith_text_string(out), c[AUDIT_TO].text))
            kith_text_format(out, "%s%s (%.10s)", out->size > 0 ? ", " : "", c[AUDIT_TO].text,
                             c[AUDIT_AT].text);
    }
}

typedef struct listing {
    kith_table *table;
    kith_store *store;
    const kith_view *view;
    const char *about; /* as written; NULL for all */
    kith_kind kind;    /* of the record that is about, 0 for none */
    int64_t record;
    kith_error *err;
} listing;

/* Whom the contest is about; adds to `tell` who was given anything of them. */
static kith_status read_about(kith_text *tell, bool *meant, const listing *l, const kith_contest *c)
{
    kith_view always = *l->view;
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, l->store, l->view, KITH_QUERY_CONTEST_ABOUT, l->err);

    if (status != KITH_OK)
        return status;
    always.all_dates = true;
    kith_rows_bind_integer(rows, "row", c->row);
    while (status == KITH_OK && kith_rows_next(rows)) {
        const kith_audit_filter filter = { .id = kith_rows_text(rows, 0), .act = KITH_AUDIT_DISCLOSURE };
        kith_table disclosures = { 0 };
        *meant = *meant || (l->kind != KITH_EVENT && kith_rows_integer(rows, 1) == l->record);
        if (kith_audit_is_kept(l->store))
            status = kith_audit_list(&disclosures, l->store, &always, &filter, l->err);
        if (status == KITH_OK)
            kith_contest_recipients(tell, &disclosures, c->loaded_at);
        kith_table_free(&disclosures);
    }
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? l->err : NULL);
    return status == KITH_OK ? ended : status;
}

static kith_status list_one(const listing *l, const kith_contest *c)
{
    kith_text tell = { 0 };
    bool meant = l->about == NULL || strcmp(l->about, c->id) == 0 || strcmp(l->about, c->record) == 0 ||
                 (l->kind == KITH_EVENT && c->event == l->record);
    kith_status status = read_about(&tell, &meant, l, c);

    if (status == KITH_OK && meant) {
        const char *const cells[] = { c->id, c->record, c->what, c->role, c->field, c->state, c->by, c->on,
                                      c->reason, c->resolved_on, c->resolved_by, c->resolution,
                                      kith_text_string(&tell) };
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
            kith_table_text(l->table, cells[i]);
        status = kith_text_status(&tell, l->err);
    }
    kith_text_free(&tell);
    return status;
}

/* An id that is neither a contest's nor a record's is a mistake. */
static kith_status find_about(listing *l, const kith_contests *contests)
{
    if (l->about == NULL)
        return KITH_OK;
    const kith_status status = kith_record_find(&l->kind, &l->record, l->store, l->view, l->about, l->err);
    for (size_t i = 0; status == KITH_NOT_FOUND && i < contests->count; i++)
        if (strcmp(contests->list[i].id, l->about) == 0 || strcmp(contests->list[i].record, l->about) == 0)
            return KITH_OK;
    return status;
}

kith_status kith_contests_list(kith_table *table, kith_store *store, const kith_view *view,
                               const char *about, bool open, kith_error *err)
{
    static const char *const columns[] = { "contest_id", "record", "what", "role", "field", "state",
                                           "contested_by", "contested_on", "reason", "resolved_on",
                                           "resolved_by", "resolution", "tell" };
    listing l = { .table = table, .store = store, .view = view, .about = about, .err = err };
    kith_contests contests;

    *table = (kith_table){ .empty = "nothing is contested" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    kith_status status = kith_contests_read(&contests, store, view, err);
    if (status == KITH_OK)
        status = find_about(&l, &contests);
    for (size_t i = 0; status == KITH_OK && i < contests.count; i++)
        if (!open || strcmp(contests.list[i].state, "open") == 0)
            status = list_one(&l, &contests.list[i]);
    kith_contests_free(&contests);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

static const char *or_blank(const char *text)
{
    return text != NULL ? text : "";
}

static bool is_blank(const char *text)
{
    return or_blank(text)[strspn(or_blank(text), " \t\r\n")] == '\0';
}

static void make_id(char id[KITH_CONTEST_ID_SIZE], const kith_new_contest *c, const char *day)
{
    const char *const parts[] = { c->record, c->person, c->role, c->field, c->by, c->reason, c->source };
    unsigned char digest[DIGEST_SIZE];
    char hex[2 * DIGEST_SHOWN + 1];
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        crypto_generichash_update(&state, (const unsigned char *)or_blank(parts[i]),
                                  strlen(or_blank(parts[i])) + 1);
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, DIGEST_SHOWN);
    snprintf(id, KITH_CONTEST_ID_SIZE, "C-%s-%s", day, hex);
}

static void add_row(kith_text *csv, const char *const fields[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kith_text_add(csv, i > 0 ? "," : "");
        kith_csv_add_field(csv, or_blank(fields[i]));
    }
    kith_text_add(csv, "\r\n");
}

static bool has_no_id(const char *record)
{
    return strncmp(record, "link:", 5) == 0 || strncmp(record, "context:", 8) == 0;
}

/* What kind of record an id names: an event, a thing, or else a link. */
static kith_status find_kind(kith_kind *kind, kith_store *store, const kith_view *view,
                             const char *record, kith_error *err)
{
    int64_t row;

    *kind = 0;
    if (has_no_id(record))
        return KITH_OK;
    const kith_status status = kith_record_find(kind, &row, store, view, record, err);
    if (status == KITH_NOT_FOUND)
        *kind = 0;
    return status == KITH_NOT_FOUND ? KITH_OK : status;
}

kith_status kith_contest_record(char id[KITH_CONTEST_ID_SIZE], kith_store *store, const kith_view *view,
                                const kith_new_contest *contest, kith_error *err)
{
    char day[KITH_TIME_SIZE];
    kith_text csv = { 0 };
    kith_kind kind;
    const char *record = contest->record;

    id[0] = '\0';
    if (is_blank(contest->by))
        return kith_fail(err, KITH_USAGE, "it is not said who contests the record; name a role, as in --by parent");
    if (is_blank(contest->reason))
        return kith_fail(err, KITH_USAGE, "the reason is empty; say what is wrong with the record");
    if (contest->on > view->as_of)
        return kith_fail(err, KITH_USAGE, "the day lies after --as-of, or after today; name the day on which it was contested");
    kith_status status = find_kind(&kind, store, view, record, err);
    if (status != KITH_OK)
        return status;
    if (contest->person != NULL && kind != KITH_EVENT)
        return kith_fail(err, KITH_USAGE, "%.64s is no event; --person names whose part in an event is contested", record);
    kith_day_write(day, contest->on);
    make_id(id, contest, day);
    const bool thing = kind != 0 && kind != KITH_EVENT, event = kind == KITH_EVENT;
    const char *const fields[] = { id, thing ? record : contest->person, event ? record : NULL,
                                   !thing && !event && !has_no_id(record) ? record : NULL,
                                   has_no_id(record) ? record : NULL, contest->role, contest->field,
                                   contest->by, day, contest->reason };
    kith_text_add(&csv, "contest_id,subject_id,event_id,link_id,record,role,field,contested_by,contested_on,reason\r\n");
    add_row(&csv, fields, sizeof fields / sizeof *fields);
    status = kith_import_typed(store, view, "contests.csv", &csv, contest->source, err);
    kith_text_free(&csv);
    return status;
}

static kith_status settle(kith_store *store, const kith_view *view, const kith_contest *c, bool upheld,
                          const char *by, const char *resolution, int32_t on, kith_error *err)
{
    char day[KITH_TIME_SIZE];
    kith_text csv = { 0 };

    kith_day_write(day, on);
    const char *const fields[] = { c->id, c->by, c->on, c->reason, upheld ? "upheld" : "rejected", day, by,
                                   resolution };
    kith_text_add(&csv, "contest_id,contested_by,contested_on,reason,state,resolved_on,resolved_by,resolution\r\n");
    add_row(&csv, fields, sizeof fields / sizeof *fields);
    const kith_status status = kith_import_typed(store, view, "contests.csv", &csv, c->source, err);
    kith_text_free(&csv);
    return status;
}

kith_status kith_contest_settle(kith_store *store, const kith_view *view, const char *id, bool upheld,
                                const char *by, const char *resolution, int32_t on, kith_error *err)
{
    kith_contests contests;
    const kith_contest *found = NULL;

    if (is_blank(by) || is_blank(resolution))
        return kith_fail(err, KITH_USAGE, "a contest is settled by somebody and for a reason; name a role with --by, "
                                          "and say what was found");
    if (on > view->as_of)
        return kith_fail(err, KITH_USAGE, "the day lies after --as-of, or after today; name the day on which it was settled");
    kith_status status = kith_contests_read(&contests, store, view, err);
    for (size_t i = 0; status == KITH_OK && i < contests.count; i++)
        if (strcmp(contests.list[i].id, id) == 0)
            found = &contests.list[i];
    if (status == KITH_OK && found == NULL)
        status = kith_fail(err, KITH_NOT_FOUND, "there is no contest %.64s; `kith contest` lists them", id);
    else if (status == KITH_OK && strcmp(found->state, "open") != 0)
        status = kith_fail(err, KITH_USAGE, "%.64s is settled already: %s on %s", id, found->state, found->resolved_on);
    else if (status == KITH_OK)
        status = settle(store, view, found, upheld, by, resolution, on, err);
    kith_contests_free(&contests);
    return status;
}
