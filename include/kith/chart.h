/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.h: analyses as charts, in the same scene and by the same writers as maps. */
#ifndef KITH_CHART_H
#define KITH_CHART_H

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

#endif
