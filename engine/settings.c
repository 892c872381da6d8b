/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c: one row a parameter, and the file that may change it. */
#include "kith/settings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_SIZE = 512 };

#define WEIGH(field) offsetof(kith_settings, weigh.field)
#define FACTOR(field) offsetof(kith_settings, factors.field)

const kith_setting kith_setting_rows[] = {
    { "K", WEIGH(saturation), 0.01, 1000,
      "how slowly evidence saturates: a sum of masses equal to K is 63 % of the most" },
    { "U", WEIGH(interplay), 0, 1,
      "how much of a context's weight moves to what is said to drive it, at most" },
    { "L", WEIGH(protection), 0, 1, "how much protection eases the risk in its context, at most" },
    { "cap", WEIGH(cap), 0, 1, "the most that may leave one context, as a share of its weight" },
    { "records.most", WEIGH(records_most), 0, 1000,
      "events, links and flags add up to at most so much mass in one context" },
    { "clear.points", WEIGH(clear_points), 0, 100,
      "a clear lead is at least so many points before the next context" },
    { "clear.percent", WEIGH(clear_percent), 0, 100,
      "a clear lead is led in at least so many of 100 sensitivity runs" },
    { "half_life.incident", FACTOR(half_life[KITH_INCIDENT]), 1, 36500,
      "days in which an incident, or an item that drives, counts half" },
    { "half_life.condition", FACTOR(half_life[KITH_CONDITION]), 1, 36500,
      "days in which a condition, or a strength, counts half" },
    { "recency.floor", FACTOR(floor), 0, 1, "what the age of an item leaves of it at least" },
    { "grade.source.1", FACTOR(source[0]), 0, 1, "source reliable" },
    { "grade.source.2", FACTOR(source[1]), 0, 1, "source untested" },
    { "grade.source.3", FACTOR(source[2]), 0, 1, "source not reliable" },
    { "grade.info.A", FACTOR(info[0]), 0, 1, "known directly to the source" },
    { "grade.info.B", FACTOR(info[1]), 0, 1, "known indirectly, corroborated" },
    { "grade.info.C", FACTOR(info[2]), 0, 1, "known indirectly" },
    { "grade.info.D", FACTOR(info[3]), 0, 1, "not known" },
    { "grade.ungraded", FACTOR(ungraded), 0, 1, "no grade was given" },
    { "contested", FACTOR(contested), 0, 1, "times the grade's, while somebody contests the record" },
};
const size_t kith_setting_count = sizeof kith_setting_rows / sizeof *kith_setting_rows;

void kith_settings_default(kith_settings *settings)
{
    settings->weigh = kith_weigh_default;
    settings->factors = kith_factors_default;
    settings->weigh.weighting.factors = &settings->factors;
}

static double *place_of(kith_settings *settings, const kith_setting *row)
{
    return (double *)((char *)settings + row->offset);
}

double kith_setting_value(const kith_settings *settings, const kith_setting *row)
{
    return *(const double *)((const char *)settings + row->offset);
}

/* The text without the blanks at its ends; cuts it. */
static char *trimmed(char *text)
{
    text += strspn(text, " \t\r\n");
    size_t size = strlen(text);
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL)
        size--;
    text[size] = '\0';
    return text;
}

static const kith_setting *row_named(const char *name)
{
    for (size_t i = 0; i < kith_setting_count; i++)
        if (strcmp(kith_setting_rows[i].name, name) == 0)
            return &kith_setting_rows[i];
    return NULL;
}

typedef struct reading {
    kith_settings *settings;
    const char *path;
    int line;
    bool given[sizeof kith_setting_rows / sizeof *kith_setting_rows];
    kith_error *err;
} reading;

static kith_status take_value(reading *r, const kith_setting *row, const char *value)
{
    double number;
    bool *given = &r->given[row - kith_setting_rows];

    if (*given)
        return kith_fail(r->err, KITH_INPUT, "%s:%d: %s is given a second time; keep one of the two",
                         r->path, r->line, row->name);
    if (!kith_number_read(&number, value) || !(number >= row->low && number <= row->high))
        return kith_fail(r->err, KITH_INPUT,
                         "%s:%d: %s is \"%.40s\"; a number from %g to %g is expected", r->path,
                         r->line, row->name, value, row->low, row->high);
    *given = true;
    *place_of(r->settings, row) = number;
    return KITH_OK;
}

static kith_status take_line(reading *r, char *line)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* what some editors set before the first line */

    if (r->line == 1 && strncmp(line, mark, strlen(mark)) == 0)
        line += strlen(mark);
    line[strcspn(line, "#")] = '\0';
    line = trimmed(line);
    char *sign = strchr(line, '=');
    if (line[0] == '\0')
        return KITH_OK;
    if (sign == NULL)
        return kith_fail(r->err, KITH_INPUT, "%s:%d: \"%.40s\" is no setting; `name = number` is expected",
                         r->path, r->line, line);
    *sign = '\0';
    const char *name = trimmed(line);
    const kith_setting *row = row_named(name);
    if (row == NULL)
        return kith_fail(r->err, KITH_INPUT,
                         "%s:%d: there is no setting \"%.40s\"; `kith policy --default-settings` "
                         "lists them",
                         r->path, r->line, name);
    return take_value(r, row, trimmed(sign + 1));
}

kith_status kith_settings_read(kith_settings *settings, const char *path, kith_error *err)
{
    reading r = { .settings = settings, .path = path, .err = err };
    char line[LINE_SIZE];
    kith_status status = KITH_OK;

    kith_settings_default(settings);
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    while (status == KITH_OK && fgets(line, sizeof line, in) != NULL) {
        r.line++;
        if (strchr(line, '\n') == NULL && strlen(line) == sizeof line - 1)
            status = kith_fail(err, KITH_INPUT, "%s:%d: the line is too long; at most %d bytes",
                               path, r.line, LINE_SIZE - 2);
        else if (strchr(line, '\n') == NULL && !feof(in))
            status = kith_fail(err, KITH_INPUT, "%s:%d: the line has a byte 0 in it; save the file as text",
                               path, r.line);
        else
            status = take_line(&r, line);
    }
    if (status == KITH_OK && ferror(in))
        status = kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    fclose(in);
    return status;
}

void kith_settings_write(kith_text *out, const kith_settings *settings)
{
    char value[KITH_NUMBER_SIZE];

    kith_text_add(out, "# Settings of context weighting, for --settings FILE of weigh, explain and policy.\n"
                       "# What is left out keeps its default. Changed figures are no less arbitrary.\n");
    for (size_t i = 0; i < kith_setting_count; i++) {
        const kith_setting *row = &kith_setting_rows[i];
        kith_number_shortest(value, kith_setting_value(settings, row));
        kith_text_format(out, "\n# %s; %g to %g\n%s = %s\n", row->meaning, row->low, row->high,
                         row->name, value);
    }
}

void kith_settings_facts(kith_table *table, const kith_weigh_options *options)
{
    const kith_factors *factors = options->weighting.factors != NULL ? options->weighting.factors
                                                                     : &kith_factors_default;

    kith_table_fact(table, "K", "%g", options->saturation);
    kith_table_fact(table, "U", "%g", options->interplay);
    kith_table_fact(table, "L", "%g", options->protection);
    kith_table_fact(table, "cap", "%g", options->cap);
    kith_table_fact(table, "records_most", "%g", options->records_most);
    kith_table_fact(table, "half_lives",
                    "incident and drives %g days, condition and protective %g, standing none, not "
                    "below %g",
                    factors->half_life[KITH_INCIDENT] * options->weighting.half_life_scale,
                    factors->half_life[KITH_CONDITION] * options->weighting.half_life_scale,
                    factors->floor);
    if (options->weighting.grades)
        kith_table_fact(table, "grades",
                        "1 %g, 2 %g, 3 %g; A %g, B %g, C %g, D %g, E not counted; ungraded %g; contested times %g",
                        factors->source[0], factors->source[1], factors->source[2],
                        factors->info[0], factors->info[1], factors->info[2], factors->info[3],
                        factors->ungraded, factors->contested);
    else
        kith_table_fact(table, "grades", "off; contested times %g", factors->contested);
}
