/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts.h: whom a school, or children's social care, must hear of this morning (R43).
 *
 * A list covers one day of London's calendar, 00:00 to 00:00 (23 or 25 hours on the days
 * when the clocks change). On it stands every child, under 18 on the day or of unknown
 * age, who was named that day in an event of harm or risk that happened (missing, incident, incident
 * with a knife; not intelligence, referrals and other papers), in any role but reporter or
 * helper: once an event, with the roles. What is graded E is on no list.
 *
 * What becomes known late is not lost: an event of the days before that no list has had yet,
 * since the first list was sent, stands on the next one, marked late. For that, and so
 * that anybody can ask later who was told what, a hub keeps what was sent. */
#ifndef KITH_ALERTS_H
#define KITH_ALERTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/network.h"
#include "kith/store.h"
#include "kith/table.h"

typedef enum kith_alert_list {
    KITH_ALERTS_SCHOOLS, /* one file a school */
    KITH_ALERTS_PPN      /* the same children for children's social care, one file a local authority */
} kith_alert_list;

enum { KITH_ALERTS_LATE_DAYS = 7, KITH_ALERTS_LATE_MOST = 365 };

typedef struct kith_alerts_options {
    kith_alert_list list;
    const char *const *kinds; /* only these kinds of events; NULL: every kind of harm or risk that happens */
    size_t kind_count;
    int late_days; /* 0: nothing late */
} kith_alerts_options;

/* A child in an event. */
typedef struct kith_alert {
    uint32_t person, event; /* of the network */
    unsigned roles;         /* bits of kith_role */
    const char *school;     /* outside id; "" when none is recorded */
    const char *school_name;
    const char *authority; /* "" when none is recorded */
    bool late;
    bool age_unknown;
} kith_alert;

typedef struct kith_alerts {
    kith_alert *items; /* by recipient (none comes last), then time, event, person */
    size_t count;
    kith_alerts_options options;
    int32_t day;       /* that the list covers */
    size_t late_count;
    size_t adults;       /* 18 and over in events that count */
    size_t month_only;   /* events that count, known by their month alone: on no list */
    size_t other_kinds;  /* events of the day whose kinds are on no list */
    size_t graded_false; /* events and participations of the day */
    struct kith_pool *pool;
} kith_alerts;

/** The first day that a network must hold for a list of a day. */
int32_t kith_alerts_since(int32_t day, const kith_alerts_options *options);

/**
 * Makes the list of the network's last day.
 *
 * alerts   out: free with kith_alerts_free. The network must outlive it.
 * network  as-of is the day that is covered; begins on kith_alerts_since or before.
 *
 * A school is that of the child's records, of several the first by id of the record.
 * What was sent for this day or later ones is not looked at, so that a list repeats.
 * Returns KITH_OK, KITH_USAGE (too many late days), KITH_HUB, KITH_NO_MEMORY.
 * Cost: one pass over the network's events, a look-up a child.
 */
kith_status kith_alerts_find(kith_alerts *alerts, kith_store *store, const kith_network *network,
                             const kith_alerts_options *options, kith_error *err);
void kith_alerts_free(kith_alerts *alerts);

/** "schools", "ppn". */
const char *kith_alert_list_word(kith_alert_list list);

/** Whom an item goes to: a school's id or a local authority; "" when none is recorded. */
const char *kith_alert_recipient(const kith_alerts *alerts, const kith_alert *alert);

/** "victim+alleged_perpetrator", in the order of the bits. */
void kith_alert_roles(kith_text *out, const kith_network *network, const kith_alert *alert);

/**
 * Keeps that a list was sent, inside a change.
 *
 * names  which names it showed: "initials". now: seconds UTC.
 */
kith_status kith_alerts_record(kith_store *store, const kith_view *view, const kith_alerts *alerts,
                               const kith_network *network, const char *names, int64_t now,
                               kith_error *err);

/**
 * What was sent, newest first.
 *
 * table  out: date, list, sent_at, user, audience, recipient, event_id, person_id, role, kind,
 *        late. The lists of days in the view.
 */
kith_status kith_alerts_sent(kith_table *table, kith_store *store, const kith_view *view,
                             kith_error *err);

#endif
