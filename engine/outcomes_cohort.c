/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_cohort.c: whom or what a before and after is of. */
#include "outcomes_private.h"

static kith_status add_group(cohort *who, kith_outcomes *outcomes, kith_store *store,
                             const kith_view *view, int64_t group, const char *id, kith_error *err)
{
    const size_t before = who->count;
    char day[KITH_TIME_SIZE];
    const kith_status status = cohort_add_members(who, store, view, group, outcomes->members_on, err);

    if (status != KITH_OK)
        return status;
    outcomes->group = true;
    kith_day_write(day, outcomes->members_on);
    if (who->count == before)
        return kith_fail(err, KITH_NOT_FOUND,
                         "%s has nobody with a member_of link on %s; name the people, or another "
                         "--baseline",
                         id, day);
    return KITH_OK;
}

static kith_status add_id(cohort *who, kith_outcomes *outcomes, kith_store *store,
                          const kith_view *view, const char *id, kith_error *err)
{
    kith_kind kind;
    int64_t row;
    const kith_status status = kith_record_find(&kind, &row, store, view, id, err);

    if (status != KITH_OK)
        return status;
    if (kind == KITH_OBJECT || kind == KITH_EVENT)
        return kith_fail(err, KITH_USAGE, "%s is an %s; outcomes are of people, groups or places",
                         id, kith_kind_word[kind]);
    const kith_kind followed = kind == KITH_LOCATION ? KITH_LOCATION : KITH_PERSON;
    if (who->count > 0 && followed != outcomes->kind)
        return kith_fail(err, KITH_USAGE, "%s is a %s; follow people or places, not both at once",
                         id, kith_kind_word[kind]);
    outcomes->kind = followed;
    if (kind == KITH_GROUP)
        return add_group(who, outcomes, store, view, row, id, err);
    return cohort_add_leader(who, store, view, row, err);
}

kith_status outcomes_cohort(cohort *who, kith_outcomes *outcomes, kith_store *store,
                            const kith_view *view, char *const *ids, size_t id_count,
                            kith_error *err)
{
    *who = (cohort){ 0 };
    if (id_count == 0)
        return kith_fail(err, KITH_USAGE, "nobody is named; name people, groups or places");
    for (size_t i = 0; i < id_count; i++) {
        const kith_status status = add_id(who, outcomes, store, view, ids[i], err);
        if (status != KITH_OK)
            return status;
    }
    cohort_settle(who);
    outcomes->followed = who->count;
    return KITH_OK;
}
