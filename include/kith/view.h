/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h: who looks, why, for whom, and at which time.
 *
 * Every read of the store takes a view. What it may see is decided where the view is made
 * (kith_member_view in access.h), before anything is read, and kept to by the store. */
#ifndef KITH_VIEW_H
#define KITH_VIEW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct kith_view {
    const char *user;     /* whose key opened the hub; never NULL */
    const char *purpose;  /* "" when none was given */
    const char *audience; /* "case-team" by default; "school: Harbour Academy" */
    bool silent;          /* nothing says that anything was withheld (audience.h) */
    int small;            /* counts of 1 to small - 1 are not given, nor what tells them (R66); 0: all are */
    int64_t withheld;     /* items that the view keeps back; 0 when silent */
    int32_t as_of;        /* last day seen: facts dated on or before it */
    int32_t since;        /* first day of the window, included; since <= as_of */
    bool all_dates;       /* --raw: as_of and since bound nothing */
    int64_t through_load; /* the hub as it was after this load; 0: as it is now */
} kith_view;

/** True when a dated fact of that day lies in the view's window; undated ones always do. */
static inline bool kith_view_has_day(const kith_view *view, int32_t day)
{
    return view->all_dates || (day >= view->since && day <= view->as_of);
}

#endif
