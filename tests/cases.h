/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cases.h: two cases in a hub, and somebody who may see one of them.
 *
 * Rose is in the restricted case of the team east, Cy in an open one of the team west. Whoever opens the hub is
 * a practitioner of west. */
#ifndef KITH_TESTS_CASES_H
#define KITH_TESTS_CASES_H

#include "kith/access.h"

/** Writes both into the hub that was begun (hub.h). */
void add_cases(void);

/** Bounds the store and the view to what its user may see, for the case team. */
kith_status enter_cases(kith_view *view, kith_store *store, const kith_policy *policy, kith_error *err);

/** Finds Cy. The test fails when Rose is found too. */
kith_status look_for_both(kith_store *store, const kith_view *view, kith_error *err);

#endif
