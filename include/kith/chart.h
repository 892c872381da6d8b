/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.h: analyses as charts, in the same scene and by the same writers as maps. */
#ifndef KITH_CHART_H
#define KITH_CHART_H

#include "kith/contexts.h"
#include "kith/outcomes.h"
#include "kith/scene.h"

/**
 * A timeline of outcomes: a row of bars a month for each thing that was counted, the periods
 * and their rates above them, the baseline across. Nobody in the cohort is named.
 *
 * scene     out: free with kith_scene_free.
 * outcomes  by the periods that are compared.
 * months    the same cohort by kith_periods_by_month of these.
 */
kith_status kith_outcomes_scene(kith_scene *scene, const kith_outcomes *outcomes,
                                const kith_outcomes *months, const kith_view *view, kith_error *err);

/**
 * A weighting: for each context its share, its risk and beside it its strengths, and arrows
 * for what is said to drive what, dotted to solid by the grade of the best item that says so.
 * Nobody is named.
 *
 * scene    out: free with kith_scene_free.
 * entered  as for kith_contexts_clear.
 */
kith_status kith_weigh_scene(kith_scene *scene, const kith_contexts *contexts, const kith_weigh *weigh,
                             const kith_weigh *entered, const kith_subject *subject,
                             const kith_view *view, kith_error *err);

#endif
