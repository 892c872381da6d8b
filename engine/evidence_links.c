/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence_links.c: declared links and flags as evidence.
 *
 * Both say that something holds, from one day to another. A link fades from the day it
 * began, as it does under a tie; a flag is kept up by its holder and does not fade while it
 * is in force. What has ended protects no more, and fades from its end where it is a risk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence_private.h"
#include "pool.h"

enum {
    ROW,
    ID,
    KIND,
    AWAY,
    OTHER,
    OTHER_KIND,
    PLACE,
    VALENCE,
    VALID_FROM,
    VALID_TO,
    REPORT,
    SOURCE,
    SOURCE_GRADE,
    INFO_GRADE,
    CONDITIONS,
    CONTESTED
};

enum {
    FLAG_ROW,
    FLAG,
    FLAG_STATUS,
    FLAG_FROM,
    FLAG_TO,
    FLAG_REPORT,
    FLAG_SOURCE,
    FLAG_SOURCE_GRADE,
    FLAG_INFO_GRADE,
    FLAG_CONDITIONS
};

enum { RECORD_SIZE = 40 };

static bool has_begun(const flow *f, kith_time from)
{
    return from.precision == KITH_UNDATED || from.day <= f->view->as_of;
}

static bool has_ended(const flow *f, kith_time to)
{
    return to.precision != KITH_UNDATED && to.day < f->view->as_of;
}

static kith_valence valence_of(const char *written, const kith_meaning *meaning)
{
    if (written[0] == '\0')
        return meaning->valence;
    return strcmp(written, "risk") == 0         ? KITH_RISK
           : strcmp(written, "protective") == 0 ? KITH_PROTECTIVE
                                                : KITH_NEUTRAL;
}

/* The texts of the row live until the next one; a link's until the contexts are freed. */
static kith_status read_link(flow_link *link, flow *f, const kith_rows *rows)
{
    char record[RECORD_SIZE];
    const char *id = kith_rows_text(rows, ID);
    struct kith_pool *pool = f->contexts->pool;

    snprintf(record, sizeof record, "link:%lld", (long long)kith_rows_integer(rows, ROW));
    const kith_meaning *meaning = kith_word_meaning(KITH_LINK_WORD, kith_rows_text(rows, KIND));
    *link = (flow_link){
        .other = kith_rows_integer(rows, OTHER),
        .other_kind = (kith_kind)kith_rows_integer(rows, OTHER_KIND),
        .away = kith_rows_integer(rows, AWAY) != 0,
        .meaning = meaning,
        .place = kith_word_meaning(KITH_PLACE_WORD, kith_rows_text(rows, PLACE)),
        .id = kith_pool_add(pool, id[0] != '\0' ? id : record),
        .valence = valence_of(kith_rows_text(rows, VALENCE), meaning),
        .origin = { .report_ref = kith_pool_add(pool, kith_rows_text(rows, REPORT)),
                    .source = kith_pool_add(pool, kith_rows_text(rows, SOURCE)),
                    .conditions = kith_pool_add(pool, kith_rows_text(rows, CONDITIONS)),
                    .grade = contexts_grade(rows, SOURCE_GRADE, INFO_GRADE) },
    };
    link->origin.grade.contested = (char)kith_rows_integer(rows, CONTESTED);
    if (link->id == NULL || link->origin.report_ref == NULL || link->origin.source == NULL ||
        link->origin.conditions == NULL)
        return kith_no_memory(f->err);
    if (!kith_time_read(&link->from, kith_rows_text(rows, VALID_FROM)) ||
        !kith_time_read(&link->to, kith_rows_text(rows, VALID_TO)))
        return kith_fail(f->err, KITH_HUB, "%s has a date that does not exist; run check", link->id);
    return KITH_OK;
}

static kith_status read_links_of(flow_link **links, size_t *count, flow *f, int64_t entity)
{
    size_t room = 0;
    kith_rows *rows;
    kith_status status =
        kith_store_read(&rows, f->store, f->view, KITH_QUERY_EVIDENCE_LINKS, f->err);

    *links = NULL;
    *count = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "entity", entity);
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (*count == room) {
            room = room > 0 ? 2 * room : 16;
            flow_link *grown = realloc(*links, room * sizeof **links);
            if (grown == NULL) {
                status = kith_no_memory(f->err);
                break;
            }
            *links = grown;
        }
        status = read_link(&(*links)[(*count)++], f, rows);
    }
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? f->err : NULL);
    return status != KITH_OK ? status : ended;
}

kith_status flow_read_links(flow *f)
{
    return read_links_of(&f->links, &f->link_count, f, f->entity);
}

/* The end of an exploiting link from which it is seen is the one who is said to be exploited. */
static bool is_exploited_end(const flow_link *link)
{
    return link->meaning->exploits && link->away == link->meaning->passive;
}

static void keep_newest(kith_item *found, bool *any, const kith_item *like)
{
    if (!*any || flow_compare(like, found) < 0)
        *found = *like;
    *any = true;
}

static kith_status find_referral(kith_item *found, bool *any, flow *f, int64_t person)
{
    kith_rows *rows;
    kith_time from, to;
    kith_status status =
        kith_store_read(&rows, f->store, f->view, KITH_QUERY_EVIDENCE_FLAGS, f->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "person", person);
    while (kith_rows_next(rows)) {
        if (!kith_word_same(kith_rows_text(rows, FLAG), "NRM") ||
            strncmp(kith_rows_text(rows, FLAG_STATUS), "negative", strlen("negative")) == 0 ||
            !kith_time_read(&from, kith_rows_text(rows, FLAG_FROM)) ||
            !kith_time_read(&to, kith_rows_text(rows, FLAG_TO)) || !has_begun(f, from) ||
            has_ended(f, to))
            continue;
        const kith_item like = { .observed = from,
                                 .grade = contexts_grade(rows, FLAG_SOURCE_GRADE, FLAG_INFO_GRADE) };
        if (!kith_grade_is_false(like.grade))
            keep_newest(found, any, &like);
    }
    return kith_rows_end(rows, f->err);
}

/* Whether somebody is said to be exploited, and the newest record of it: its day, grade and report. */
static kith_status find_exploited(kith_item *found, bool *any, flow *f, int64_t person)
{
    flow_link *links;
    size_t count;

    *any = false;
    *found = (kith_item){ 0 };
    kith_status status = read_links_of(&links, &count, f, person);
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        kith_item like = links[i].origin;
        like.observed = has_ended(f, links[i].to) ? links[i].to : links[i].from;
        if (is_exploited_end(&links[i]) && has_begun(f, links[i].from) &&
            !kith_grade_is_false(like.grade))
            keep_newest(found, any, &like);
    }
    if (status == KITH_OK)
        status = find_referral(found, any, f, person);
    free(links);
    return status;
}

/* Another link says that the two are family, or live together. */
static bool is_at_home(const flow *f, const flow_link *link)
{
    for (size_t i = 0; i < f->link_count; i++)
        if (f->links[i].other == link->other && f->links[i].meaning->context == KITH_HOME &&
            !kith_grade_is_false(f->links[i].origin.grade) && has_begun(f, f->links[i].from))
            return true;
    return false;
}

static bool kind_matches(const kith_rule *rule, const flow_link *link)
{
    if (strcmp(rule->kinds, "risk") == 0)
        return link->valence == KITH_RISK && !link->meaning->exploits;
    if (strcmp(rule->kinds, "protective") == 0)
        return link->valence == KITH_PROTECTIVE && !link->meaning->exploits;
    if (strcmp(rule->kinds, "exploits") == 0)
        return link->meaning->exploits;
    if (strcmp(rule->kinds, "peer_tie") == 0)
        return link->meaning->gathers;
    return strcmp(rule->kinds, "any") == 0 || flow_lists(rule->kinds, link->meaning->word);
}

static bool end_matches(const kith_rule *rule, const flow *f, const flow_link *link)
{
    if (strcmp(rule->of, "exploited") == 0)
        return !f->place && is_exploited_end(link);
    return strcmp(rule->of, "away") != 0 || link->away;
}

static kith_status test_holds(bool *holds, kith_item *item, const kith_rule *rule, flow *f,
                              const flow_link *link)
{
    kith_item found;

    *holds = true;
    if (strcmp(rule->test, "at_home") == 0)
        *holds = is_at_home(f, link);
    else if (strcmp(rule->test, "not_at_home") == 0)
        *holds = !is_at_home(f, link);
    else if (strcmp(rule->test, "protective_place") == 0)
        *holds = link->place->valence == KITH_PROTECTIVE;
    if (strcmp(rule->test, "other_exploited") != 0)
        return KITH_OK;
    *holds = false;
    if (f->place || link->other_kind != KITH_PERSON)
        return KITH_OK;
    const kith_status status = find_exploited(&found, holds, f, link->other);
    if (status != KITH_OK || !*holds)
        return status;
    item->observed = found.observed;
    item->report_ref = found.report_ref;
    if (!kith_grade_is_false(item->grade)) {
        const char contested = item->grade.contested;
        item->grade = found.grade;
        if (contested > found.grade.contested)
            item->grade.contested = contested;
    }
    return KITH_OK;
}

static int context_of(const kith_rule *rule, const flow_link *link)
{
    if (rule->context >= 0)
        return rule->context;
    if (rule->context == KITH_BY_KIND && link->meaning->context != KITH_NO_CONTEXT)
        return (int)link->meaning->context - 1;
    return (int)link->place->context - 1;
}

static kith_status take_link(flow *f, const kith_rule *rule, const flow_link *link)
{
    const bool ended = has_ended(f, link->to);
    kith_item item = link->origin;
    bool holds;

    if (!kind_matches(rule, link) || !end_matches(rule, f, link) || !has_begun(f, link->from) ||
        (ended && (rule->kind == KITH_ITEM_PROTECTIVE || !kith_view_has_day(f->view, link->to.day))))
        return KITH_OK;
    item.record_id = link->id;
    item.summary = link->meaning->label;
    item.observed = ended ? link->to : link->from;
    const kith_status status = test_holds(&holds, &item, rule, f, link);
    return status == KITH_OK && holds ? flow_add(f, rule, &item, context_of(rule, link)) : status;
}

kith_status flow_take_links(flow *f)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; i < f->link_count; i++)
        for (size_t r = 0; status == KITH_OK && r < f->rules->count; r++)
            if (f->rules->list[r].source == KITH_RULE_LINK)
                status = take_link(f, &f->rules->list[r], &f->links[i]);
    return status;
}

static kith_status take_flag(flow *f, const kith_rule *rule, const kith_rows *rows, kith_time from,
                             kith_time to)
{
    char record[RECORD_SIZE];
    const bool ended = has_ended(f, to);

    if (!has_begun(f, from) || (ended && (rule->kind == KITH_ITEM_PROTECTIVE ||
                                          !kith_view_has_day(f->view, to.day))))
        return KITH_OK;
    snprintf(record, sizeof record, "flag:%lld", (long long)kith_rows_integer(rows, FLAG_ROW));
    kith_item item = { .record_id = record,
                       .grade = contexts_grade(rows, FLAG_SOURCE_GRADE, FLAG_INFO_GRADE),
                       .observed = ended ? to : from,
                       .nature = ended ? KITH_CONDITION : KITH_STANDING,
                       .report_ref = kith_rows_text(rows, FLAG_REPORT),
                       .source = kith_rows_text(rows, FLAG_SOURCE),
                       .summary = kith_rows_text(rows, FLAG),
                       .conditions = kith_rows_text(rows, FLAG_CONDITIONS) };
    return flow_add(f, rule, &item, rule->context);
}

kith_status flow_take_flags(flow *f)
{
    kith_rows *rows;
    kith_time from, to;
    kith_status status =
        kith_store_read(&rows, f->store, f->view, KITH_QUERY_EVIDENCE_FLAGS, f->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "person", f->entity);
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (!kith_time_read(&from, kith_rows_text(rows, FLAG_FROM)) ||
            !kith_time_read(&to, kith_rows_text(rows, FLAG_TO)))
            status = kith_fail(f->err, KITH_HUB, "flag:%lld has a date that does not exist; run check",
                               (long long)kith_rows_integer(rows, FLAG_ROW));
        for (size_t r = 0; status == KITH_OK && r < f->rules->count; r++)
            if (f->rules->list[r].source == KITH_RULE_FLAG &&
                flow_lists(f->rules->list[r].kinds, kith_rows_text(rows, FLAG)))
                status = take_flag(f, &f->rules->list[r], rows, from, to);
    }
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? f->err : NULL);
    return status != KITH_OK ? status : ended;
}
