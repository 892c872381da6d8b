/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.h: the parameters of context weighting, as one table that everything reads.
 *
 * The table names each parameter, its range and what it means. The weighting takes its
 * defaults, a settings file changes them, a result prints them, and the method statement
 * explains them: all by the same rows. A settings file is lines of `name = number`; what
 * stands after # is a remark; what it does not name keeps its default. */
#ifndef KITH_SETTINGS_H
#define KITH_SETTINGS_H

#include "kith/table.h"
#include "kith/text.h"
#include "kith/weigh.h"

/** Not to be moved or copied once it is made: weigh points into factors. */
typedef struct kith_settings {
    kith_weigh_options weigh; /* weigh.weighting.factors: the factors below */
    kith_factors factors;
} kith_settings;

typedef struct kith_setting {
    const char *name;    /* "K", "grade.info.B" */
    size_t offset;       /* of its double in kith_settings */
    double low, high;    /* both included */
    const char *meaning; /* one line */
} kith_setting;

/** Every parameter, in the order in which it is printed. */
extern const kith_setting kith_setting_rows[];
extern const size_t kith_setting_count;

void kith_settings_default(kith_settings *settings);

/** The value of one row. */
double kith_setting_value(const kith_settings *settings, const kith_setting *row);

/**
 * Reads a settings file over the defaults.
 *
 * Returns KITH_IO when it cannot be read; KITH_INPUT, naming file, line and remedy, for an
 * unknown or repeated name, a value out of its range, and a line that is no assignment.
 */
kith_status kith_settings_read(kith_settings *settings, const char *path, kith_error *err);

/** A settings file with these values, each with its meaning: what kith_settings_read reads back. */
void kith_settings_write(kith_text *out, const kith_settings *settings);

/** The settings as facts of a result: K, U, L, cap, half_lives, recency_floor, grades, clear_lead. */
void kith_settings_facts(kith_table *table, const kith_weigh_options *options);

#endif
