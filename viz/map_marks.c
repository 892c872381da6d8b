/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_marks.c: roles, flags and conditions as words and bars.
 *
 * Roles are counted over the window, each report once, and a victim's come first. What a
 * child is alleged to have done is said last and in words ("named as alleged in 1 event").
 * Flags and conditions are those of the as-of day; a flag that ended within the window is
 * shown as ended, because that differs from none (R15). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map_private.h"

typedef struct part {
    uint32_t chosen, rank, event; /* rank: place in the table of roles */
} part;

static const struct {
    kith_role role;
    const char *child, *adult; /* with the number of events; NULL: not shown */
} roles[] = {
    { KITH_VICTIM, "victim (%zu)", "victim (%zu)" },
    { KITH_MISSING, "missing (%zu)", "missing (%zu)" },
    { KITH_WITNESS, "witness (%zu)", "witness (%zu)" },
    { KITH_CONVICTED_PERPETRATOR, "named in a conviction (%zu)", "convicted (%zu)" },
    { KITH_ALLEGED_PERPETRATOR, "named as alleged (%zu)", "alleged perpetrator (%zu)" },
};

enum { ROLES = sizeof roles / sizeof *roles };

void kith_map_badge(kith_mapping *m, uint32_t chosen, const char *badge)
{
    kith_text *badges = &m->badges[chosen];

    if (badges->size > 0)
        kith_text_add_char(badges, '\n');
    kith_text_add(badges, badge);
}

static uint32_t rank_of(kith_role role)
{
    uint32_t rank = 0;

    while (rank < ROLES && roles[rank].role != role)
        rank++;
    return rank;
}

static size_t collect_parts(const kith_mapping *m, part *parts)
{
    const kith_network *network = m->network;
    size_t count = 0;

    for (size_t i = 0; i < network->participation_count; i++) {
        const kith_participation *p = &network->participations[i];
        const uint32_t chosen = m->node[p->person], rank = rank_of(p->role);
        if (chosen == KITH_NOTHING || rank == ROLES ||
            kith_grade_is_false(network->origins[p->origin].grade) ||
            kith_grade_is_false(network->origins[network->events[p->event].origin].grade))
            continue;
        if (parts != NULL)
            parts[count] = (part){ chosen, rank, p->event };
        count++;
    }
    return count;
}

static int by_part(const void *left, const void *right)
{
    const part *a = left, *b = right;

    if (a->chosen != b->chosen)
        return a->chosen < b->chosen ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

/* The same event, or another with the same report (R11). */
static bool same_report(const kith_network *network, uint32_t a, uint32_t b)
{
    const char *left = network->origins[network->events[a].origin].report_ref;
    const char *right = network->origins[network->events[b].origin].report_ref;

    return a == b || (left[0] != '\0' && strcmp(left, right) == 0);
}

static size_t count_reports(const kith_network *network, const part *run, size_t count)
{
    size_t distinct = 0;

    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < i && !same_report(network, run[j].event, run[i].event))
            j++;
        distinct += j == i;
    }
    return distinct;
}

static void add_role(kith_mapping *m, const part *run, size_t count)
{
    const bool child = kith_map_class(m, m->chosen[run->chosen]) != KITH_DRAW_ADULT;
    char badge[64];

    snprintf(badge, sizeof badge, child ? roles[run->rank].child : roles[run->rank].adult,
             count_reports(m->network, run, count));
    kith_map_badge(m, run->chosen, badge);
}

kith_status kith_map_roles(kith_mapping *m)
{
    const size_t count = m->options->layer.raw ? 0 : collect_parts(m, NULL);
    part *parts = malloc((count + 1) * sizeof *parts);

    if (parts == NULL)
        return kith_no_memory(m->err);
    if (count > 0) {
        collect_parts(m, parts);
        qsort(parts, count, sizeof *parts, by_part);
    }
    for (size_t i = 0, end = 0; i < count; i = end) {
        for (end = i + 1; end < count && parts[end].chosen == parts[i].chosen &&
                          parts[end].rank == parts[i].rank;)
            end++;
        add_role(m, parts + i, end - i);
    }
    free(parts);
    return KITH_OK;
}

static const struct {
    const char *flag, *shown, *meaning;
} known_flags[] = {
    { "NRM", "NRM", "National Referral Mechanism, and its stage" },
    { "LAC", "LAC", "looked after child" },
    { "LAC_OUT_OF_COUNTY", "LAC out of county", "looked after, placed by another authority" },
    { "CP_PLAN", "CP plan", "child protection plan" },
    { "CIN", "CIN", "child in need plan" },
    { "S17", "s17", "assessment under section 17" },
    { "S47", "s47", "enquiry under section 47" },
    { "EHCP", "EHCP", "education, health and care plan" },
    { "RUI", "RUI", "released under investigation" },
    { "NFA", "NFA", "no further action" },
    { "VARAC", "VARAC", "vulnerable adult risk conference" },
    { "WHITE_GLOVE", "White Glove", "local marker: white glove" },
    { "LEGO", "Lego", "local marker: Lego" },
    { "EDGE_OF_CARE", "edge of care", "edge of care" },
    { "REDUCED_TIMETABLE", "reduced timetable", "at school for part of the week" },
    { "HOMELESS_16_17", "homeless 16/17", "homeless at 16 or 17" },
    { "TAG", "tag", "electronic tag" },
};

const char *kith_map_flag(const char **meaning, const char *flag)
{
    *meaning = NULL;
    for (size_t k = 0; k < sizeof known_flags / sizeof *known_flags; k++)
        if (strcmp(known_flags[k].flag, flag) == 0) {
            *meaning = known_flags[k].meaning;
            return known_flags[k].shown;
        }
    return NULL;
}

/* The row of entity -> the chosen node, by looking through the few there are. */
static uint32_t chosen_of_row(const kith_mapping *m, int64_t row)
{
    for (uint32_t i = 0; i < m->chosen_count; i++) {
        const kith_thing *thing = kith_vertex_thing(m, m->chosen[i]);
        if (thing != NULL && thing->row.row == row)
            return i;
    }
    return KITH_NOTHING;
}

/* From when to when, both included; what is not given is open. */
typedef struct span {
    int32_t from, to;
} span;

static span span_of(const char *from, const char *to)
{
    kith_time time;
    span s = { INT32_MIN, INT32_MAX };

    if (kith_time_read(&time, from) && time.precision != KITH_UNDATED)
        s.from = time.day;
    if (kith_time_read(&time, to) && time.precision != KITH_UNDATED)
        s.to = time.day;
    return s;
}

static bool is_current(const kith_mapping *m, span s)
{
    return m->network->view.all_dates ||
           (s.from <= m->network->view.as_of && s.to >= m->network->view.as_of);
}

/* "[NRM: referred]", "[CIN]", "[CP plan ended]". */
static void add_flag(kith_mapping *m, uint32_t chosen, const char *flag, const char *status, span s)
{
    const char *meaning, *known = kith_map_flag(&meaning, flag);
    const kith_view *view = &m->network->view;
    const bool ended = !view->all_dates && s.to < view->as_of;
    kith_text badge = { 0 };

    kith_text_add_char(&badge, '[');
    const char *shown = known != NULL ? known : flag;
    for (const char *p = shown; *p != '\0'; p++)
        kith_text_add_char(&badge, *p == '_' ? ' ' : *p);
    if (ended)
        kith_text_add(&badge, " ended");
    else if (status[0] != '\0' && strcmp(status, "current") != 0 && strcmp(status, "ended") != 0)
        kith_text_format(&badge, ": %s", status);
    kith_text_add_char(&badge, ']');
    kith_map_badge(m, chosen, kith_text_string(&badge));
    if (known != NULL)
        kith_scene_add_term(m->scene, shown, meaning);
    m->scene->failed = m->scene->failed || badge.failed;
    kith_text_free(&badge);
}

kith_status kith_map_flags(kith_mapping *m)
{
    const kith_view *view = &m->network->view;
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, m->store, view, KITH_QUERY_FLAG_ALL, m->err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        const uint32_t chosen = chosen_of_row(m, kith_rows_integer(rows, 0));
        const span s = span_of(kith_rows_text(rows, 3), kith_rows_text(rows, 4));
        const bool shown = view->all_dates || (s.from <= view->as_of && s.to >= view->since);
        if (chosen != KITH_NOTHING && shown && !m->options->layer.raw)
            add_flag(m, chosen, kith_rows_text(rows, 1), kith_rows_text(rows, 2), s);
    }
    return kith_rows_end(rows, m->err);
}

/* "no contact, to 2022-12-31". */
static void condition_label(kith_text *out, const char *kind, const char *to)
{
    for (; *kind != '\0'; kind++)
        kith_text_add_char(out, *kind == '_' ? ' ' : *kind);
    if (to[0] != '\0')
        kith_text_format(out, ", to %s", to);
}

static void add_bar(kith_mapping *m, uint32_t from, uint32_t to, const char *label,
                    const char *imposed_by)
{
    kith_text basis = { 0 };

    if (imposed_by[0] != '\0')
        kith_text_format(&basis, "imposed by %s", imposed_by);
    kith_scene_add_tie(m->scene, &(kith_scene_tie){ .from = from,
                                                    .to = to,
                                                    .barred = true,
                                                    .label = (char *)label,
                                                    .basis = (char *)kith_text_string(&basis) });
    m->scene->failed = m->scene->failed || basis.failed;
    kith_text_free(&basis);
}

/* A condition in force: a bar when both ends are on the map. */
static void add_condition(kith_mapping *m, kith_rows *rows)
{
    const uint32_t from = chosen_of_row(m, kith_rows_integer(rows, 0));
    const bool alone = kith_rows_missing(rows, 1);
    const uint32_t to = alone ? KITH_NOTHING : chosen_of_row(m, kith_rows_integer(rows, 1));
    kith_text label = { 0 };

    condition_label(&label, kith_rows_text(rows, 2), kith_rows_text(rows, 5));
    if (from != KITH_NOTHING && to != KITH_NOTHING)
        add_bar(m, from, to, kith_text_string(&label), kith_rows_text(rows, 3));
    else if (!alone && (from != KITH_NOTHING || to != KITH_NOTHING))
        m->elsewhere++;
    m->scene->failed = m->scene->failed || label.failed;
    kith_text_free(&label);
}

static kith_status each_condition(kith_mapping *m, void (*each)(kith_mapping *, kith_rows *))
{
    kith_rows *rows;
    kith_status status =
        kith_store_read(&rows, m->store, &m->network->view, KITH_QUERY_RESTRICTION_ALL, m->err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        if (!m->options->layer.raw &&
            is_current(m, span_of(kith_rows_text(rows, 4), kith_rows_text(rows, 5))))
            each(m, rows);
    return kith_rows_end(rows, m->err);
}

/* A condition that names nobody else is a badge: "[bail, to 2022-08-11]". */
static void add_condition_badge(kith_mapping *m, kith_rows *rows)
{
    const uint32_t chosen = chosen_of_row(m, kith_rows_integer(rows, 0));
    kith_text badge = { 0 };

    if (chosen == KITH_NOTHING || !kith_rows_missing(rows, 1))
        return;
    kith_text_add_char(&badge, '[');
    condition_label(&badge, kith_rows_text(rows, 2), kith_rows_text(rows, 5));
    kith_text_add_char(&badge, ']');
    kith_map_badge(m, chosen, kith_text_string(&badge));
    m->scene->failed = m->scene->failed || badge.failed;
    kith_text_free(&badge);
}

kith_status kith_map_condition_badges(kith_mapping *m)
{
    return each_condition(m, add_condition_badge);
}

kith_status kith_map_bars(kith_mapping *m)
{
    return each_condition(m, add_condition);
}
