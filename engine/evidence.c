/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence.c: records as evidence, one person or place after the other.
 *
 * A person's links are read first, because they say which home is the person's own. An
 * event that several people of a subject took part in comes up once for each of them; at
 * the end what is there twice is dropped, so that nobody's presence makes it weigh more. */
#include "kith/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "evidence_private.h"
#include "pool.h"

enum {
    EVENT,
    ID,
    KIND,
    OCCURRED,
    ROLE,
    PLACE,
    LOCATION,
    SEVERITY,
    SUMMARY,
    REPORT,
    SOURCE,
    SOURCE_GRADE,
    INFO_GRADE,
    CONDITIONS,
    PART_FALSE,
    CHILD_ALLEGED,
    CONTESTED
};

enum { UNPLACED_NAMED = 5, WORD_SIZE = 64 };

bool flow_lists(const char *list, const char *word)
{
    char piece[WORD_SIZE];

    while (*list != '\0') {
        const size_t size = strcspn(list, "+");
        if (size < sizeof piece) {
            memcpy(piece, list, size);
            piece[size] = '\0';
            if (kith_word_same(piece, word))
                return true;
        }
        list += size + (list[size] == '+');
    }
    return false;
}

/* What no context is known for is counted; strengths are named, so that they can be entered. */
static kith_status leave_out(flow *f, const kith_rule *rule, const kith_item *item)
{
    kith_contexts *contexts = f->contexts;

    contexts->unplaced++;
    if (rule->kind != KITH_ITEM_PROTECTIVE || contexts->unplaced_strengths++ >= UNPLACED_NAMED)
        return KITH_OK;
    kith_text_format(&contexts->unplaced_named, "%s%s (%s)",
                     contexts->unplaced_named.size > 0 ? ", " : "", item->record_id, item->summary);
    return kith_text_status(&contexts->unplaced_named, f->err);
}

kith_status flow_add(flow *f, const kith_rule *rule, kith_item *item, int context)
{
    if (context < 0)
        return leave_out(f, rule, item);
    item->kind = rule->kind;
    item->share[context] = 1;
    item->rule = rule->name;
    item->record = true;
    if (rule->severity > 0)
        item->severity = rule->severity;
    item->nature = kith_item_nature(rule->kind, item->observed,
                                    item->nature == KITH_STANDING ? "standing" : rule->nature);
    return contexts_add(f->contexts, item, f->err);
}

static bool lives_at(const flow *f, int64_t location)
{
    for (size_t i = 0; i < f->link_count; i++)
        if (f->links[i].other == location && f->links[i].away &&
            flow_lists("lives_at+placed_at+stays_at", f->links[i].meaning->word))
            return true;
    return false;
}

/* The context of where an event was; -1 when none is known. Somebody else's home is no home. */
static int context_of_place(const flow *f, const kith_rows *rows)
{
    const kith_meaning *place = kith_word_meaning(KITH_PLACE_WORD, kith_rows_text(rows, PLACE));
    const int64_t location = kith_rows_integer(rows, LOCATION);

    if (location == 0)
        return -1;
    if (f->place ? place->home : lives_at(f, location))
        return KITH_HOME - 1;
    return place->home ? KITH_NEIGHBOURHOOD - 1 : (int)place->context - 1;
}

static int context_of_event(const flow *f, const kith_rule *rule, const kith_meaning *kind,
                            const kith_rows *rows)
{
    if (rule->context >= 0)
        return rule->context;
    if (rule->context == KITH_BY_KIND && kind->context != KITH_NO_CONTEXT)
        return (int)kind->context - 1;
    return context_of_place(f, rows);
}

/* An event of a risk kind is one that happened; a report of one tells what is recorded elsewhere. */
static bool event_matches(const kith_rule *rule, const kith_meaning *kind, const kith_rows *rows)
{
    const char *role = kith_rows_text(rows, ROLE);
    bool matches;

    if (strcmp(rule->kinds, "risk") == 0)
        matches = kind->valence == KITH_RISK && (kind->gathers || kind->context != KITH_NO_CONTEXT);
    else if (strcmp(rule->kinds, "protective") == 0)
        matches = kind->valence == KITH_PROTECTIVE;
    else
        matches = strcmp(rule->kinds, "any") == 0 || flow_lists(rule->kinds, kith_rows_text(rows, KIND));
    if (role[0] != '\0' && rule->of[0] != '\0') {
        kith_role roles[2];
        const char *written[2];
        int count;
        bool known, one = false;
        kith_role_read(role, roles, written, &count, &known);
        for (int i = 0; i < count; i++)
            one = one || flow_lists(rule->of, kith_role_word(roles[i]));
        matches = matches && one;
    }
    return matches &&
           (strcmp(rule->test, "child_alleged") != 0 || kith_rows_integer(rows, CHILD_ALLEGED) != 0);
}

static kith_status take_event(flow *f, const kith_rule *rule, const kith_meaning *kind,
                              const kith_rows *rows, kith_time at)
{
    const kith_meaning *place = kith_word_meaning(KITH_PLACE_WORD, kith_rows_text(rows, PLACE));
    kith_text summary = { 0 };
    kith_item item = { .record_id = kith_rows_text(rows, ID),
                       .severity = (int)kith_rows_integer(rows, SEVERITY),
                       .grade = contexts_grade(rows, SOURCE_GRADE, INFO_GRADE),
                       .observed = at,
                       .incident = kith_rows_text(rows, ID),
                       .report_ref = kith_rows_text(rows, REPORT),
                       .source = kith_rows_text(rows, SOURCE),
                       .conditions = kith_rows_text(rows, CONDITIONS) };

    if (kith_rows_integer(rows, PART_FALSE) != 0)
        item.grade = (kith_grade){ .source = '3', .info = 'E' };
    item.grade.contested = (char)kith_rows_integer(rows, CONTESTED);
    kith_text_add(&summary, kind->known ? kind->label : kith_rows_text(rows, KIND));
    if (kith_rows_text(rows, PLACE)[0] != '\0')
        kith_text_format(&summary, ", %s", place->known ? place->label : kith_rows_text(rows, PLACE));
    item.summary = kith_text_string(&summary);
    kith_status status = kith_text_status(&summary, f->err);
    if (status == KITH_OK)
        status = flow_add(f, rule, &item, context_of_event(f, rule, kind, rows));
    kith_text_free(&summary);
    return status;
}

/* Everything that the rules make of one row. */
static kith_status take_row(flow *f, const kith_rows *rows)
{
    const kith_meaning *kind = kith_word_meaning(KITH_EVENT_WORD, kith_rows_text(rows, KIND));
    kith_status status = KITH_OK;
    kith_time at;

    if (!kith_time_read(&at, kith_rows_text(rows, OCCURRED)))
        return kith_fail(f->err, KITH_HUB, "%s has the date %s, which does not exist; run check",
                         kith_rows_text(rows, ID), kith_rows_text(rows, OCCURRED));
    if (at.precision != KITH_UNDATED && !kith_view_has_day(f->view, at.day))
        return KITH_OK;
    for (size_t i = 0; status == KITH_OK && i < f->rules->count; i++)
        if (f->rules->list[i].source == KITH_RULE_EVENT &&
            event_matches(&f->rules->list[i], kind, rows))
            status = take_event(f, &f->rules->list[i], kind, rows, at);
    return status;
}

static kith_status take_events(flow *f)
{
    kith_rows *rows;
    kith_status status = kith_store_read(
        &rows, f->store, f->view,
        f->place ? KITH_QUERY_EVIDENCE_PLACE_EVENTS : KITH_QUERY_EVIDENCE_EVENTS, f->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, f->place ? "place" : "person", f->entity);
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_row(f, rows);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? f->err : NULL);
    return status != KITH_OK ? status : ended;
}

static const kith_rule *rule_of_items(const kith_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rules->list[i].source == KITH_RULE_CONTEXT)
            return &rules->list[i];
    return NULL;
}

/* One person's records, or a place's own. */
static kith_status take_entity(flow *f, int64_t entity, bool place)
{
    f->entity = entity;
    f->place = place;
    kith_status status = flow_read_links(f);
    if (status == KITH_OK)
        status = flow_take_links(f);
    if (status == KITH_OK && !place)
        status = flow_take_flags(f);
    if (status == KITH_OK)
        status = take_events(f);
    free(f->links);
    f->links = NULL;
    f->link_count = 0;
    return status;
}

static int by_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

int flow_compare(const kith_item *a, const kith_item *b)
{
    const bool undated = a->observed.precision == KITH_UNDATED;
    const double left = kith_reliability(a->grade, &kith_weighting_default),
                 right = kith_reliability(b->grade, &kith_weighting_default);

    if (kith_grade_is_false(a->grade) != kith_grade_is_false(b->grade))
        return kith_grade_is_false(a->grade) ? 1 : -1;
    if (undated != (b->observed.precision == KITH_UNDATED))
        return undated ? -1 : 1;
    if (!undated && a->observed.day != b->observed.day)
        return a->observed.day > b->observed.day ? -1 : 1;
    if (left != right)
        return left > right ? -1 : 1;
    const int order = by_text(a->report_ref, b->report_ref);
    return order != 0 ? order : by_text(a->source, b->source);
}

/* By rule, record and context; of what is there twice, what counts first. */
static int by_record(const void *left, const void *right)
{
    const kith_item *a = left, *b = right;
    int order = strcmp(a->rule, b->rule);

    if (order == 0)
        order = strcmp(a->record_id, b->record_id);
    for (int c = 0; order == 0 && c < KITH_CONTEXT_COUNT; c++)
        order = (a->share[c] < b->share[c]) - (a->share[c] > b->share[c]);
    return order != 0 ? order : flow_compare(a, b);
}

static void drop_repeats(kith_contexts *contexts, size_t first)
{
    kith_item *items = contexts->items;
    size_t kept = first;

    if (contexts->count > first)
        qsort(items + first, contexts->count - first, sizeof *items, by_record);
    for (size_t i = first; i < contexts->count; i++)
        if (kept == first || strcmp(items[i].rule, items[kept - 1].rule) != 0 ||
            strcmp(items[i].record_id, items[kept - 1].record_id) != 0 ||
            memcmp(items[i].share, items[kept - 1].share, sizeof items->share) != 0)
            items[kept++] = items[i];
    contexts->count = kept;
}

kith_status kith_evidence_add(kith_contexts *contexts, kith_store *store, const kith_view *view,
                              const kith_subject *subject, const kith_rules *rules, kith_error *err)
{
    flow f = { .contexts = contexts, .store = store, .view = view, .rules = rules, .err = err };
    const kith_rule *items = subject->kind != KITH_PERSON ? rule_of_items(rules) : NULL;
    const size_t first = contexts->count;
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && items != NULL && i < subject->count; i++)
        status = contexts_add_entered(contexts, store, view, subject->people[i], items->name, err);
    if (status == KITH_OK && subject->kind == KITH_LOCATION)
        status = take_entity(&f, subject->row, true);
    for (size_t i = 0; status == KITH_OK && i < subject->count; i++)
        status = take_entity(&f, subject->people[i], false);
    if (status == KITH_OK)
        drop_repeats(contexts, first);
    return status;
}
