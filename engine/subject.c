/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.c: the people behind a subject. */
#include "kith/subject.h"

#include <stdlib.h>
#include <string.h>

#include "cohort.h"
#include "kith/words.h"

/* Whether a participation puts somebody among the children of a place (hotspots.h). */
static bool is_harmed_there(const kith_rows *rows, const kith_view *view)
{
    const char *role = kith_rows_text(rows, 3);
    kith_time at;

    return kith_rows_integer(rows, 4) == 0 && kith_time_read(&at, kith_rows_text(rows, 2)) &&
           (at.precision == KITH_UNDATED || kith_view_has_day(view, at.day)) &&
           kith_word_meaning(KITH_EVENT_WORD, kith_rows_text(rows, 1))->valence == KITH_RISK &&
           strcmp(role, kith_role_word(KITH_REPORTER)) != 0 &&
           strcmp(role, kith_role_word(KITH_HELPER)) != 0;
}

static kith_status add_cohort(cohort *who, kith_store *store, const kith_view *view, int64_t place,
                              kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_EVIDENCE_COHORT, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "place", place);
    while (status == KITH_OK && kith_rows_next(rows))
        if (is_harmed_there(rows, view))
            status = cohort_add(who, kith_rows_integer(rows, 0), err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static kith_status add_id(cohort *who, kith_subject *subject, kith_store *store,
                          const kith_view *view, const char *id, bool alone, kith_error *err)
{
    kith_status status = kith_record_find(&subject->kind, &subject->row, store, view, id, err);

    if (status != KITH_OK)
        return status;
    switch (subject->kind) {
    case KITH_PERSON:
        return cohort_add_leader(who, store, view, subject->row, err);
    case KITH_GROUP:
        return cohort_add_members(who, store, view, subject->row, view->as_of, err);
    case KITH_LOCATION:
        if (alone)
            return add_cohort(who, store, view, subject->row, err);
        return kith_fail(err, KITH_USAGE,
                         "%s is a place; several ids are people and groups, a place is weighed "
                         "alone",
                         id);
    case KITH_OBJECT:
    case KITH_EVENT:
        break;
    }
    return kith_fail(err, KITH_USAGE,
                     "%s is an %s; contexts are weighed for a person, a group or a place", id,
                     kith_kind_word[subject->kind]);
}

/* Hands the rows over, or frees them. */
static kith_status take(kith_subject *subject, cohort *who, kith_status status)
{
    cohort_settle(who);
    if (status != KITH_OK) {
        free(who->rows);
        *subject = (kith_subject){ 0 };
        return status;
    }
    subject->people = who->rows;
    subject->count = who->count;
    return KITH_OK;
}

kith_status kith_subject_read(kith_subject *subject, kith_store *store, const kith_view *view,
                              char *const *ids, size_t count, kith_error *err)
{
    cohort who = { 0 };
    kith_status status = KITH_OK;

    *subject = (kith_subject){ 0 };
    if (count == 0)
        return kith_fail(err, KITH_USAGE, "nobody is named; name a person, a group or a place");
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = add_id(&who, subject, store, view, ids[i], count == 1, err);
    if (count > 1) {
        subject->kind = KITH_PERSON;
        subject->row = 0;
    }
    return take(subject, &who, status);
}

kith_status kith_subject_found(kith_subject *subject, const kith_peers *peers,
                               const kith_layer *layer, const char *letters, kith_error *err)
{
    cohort who = { 0 };
    kith_status status = KITH_OK;
    char label[KITH_PEERS_LABEL_SIZE];
    size_t group = 0;

    *subject = (kith_subject){ .kind = KITH_PERSON };
    for (; group < peers->group_count; group++) {
        if (peers->letter[group] == KITH_NOTHING)
            continue;
        kith_peers_label(label, peers->letter[group]);
        if (strcmp(label, letters) == 0)
            break;
    }
    if (group == peers->group_count)
        return kith_fail(err, KITH_NOT_FOUND,
                         "no peer group %s is found; `kith peers` lists those that are", letters);
    for (uint32_t node = 0; status == KITH_OK && node < layer->graph.node_count; node++)
        if (peers->clustering.group_of[node] == group)
            status = cohort_add(&who, layer->network->things[layer->nodes[node].index].row.row, err);
    return take(subject, &who, status);
}

void kith_subject_free(kith_subject *subject)
{
    free(subject->people);
    *subject = (kith_subject){ 0 };
}
