/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/settings.h"
#include "support.h"

static kith_error err;

static kith_status read_text(kith_settings *settings, const char *text)
{
    char *folder = make_folder(), *path = path_in(folder, "team.settings");

    write_file(path, text, strlen(text));
    const kith_status status = kith_settings_read(settings, path, &err);
    free(path);
    drop_folder(folder);
    return status;
}

/* Domain section 5, steps 1 to 5 and 7: the figures of the proposal. */
Test(settings, the_defaults_are_those_of_the_proposal)
{
    static const struct {
        const char *name;
        double value;
    } proposed[] = {
        { "K", 4 }, { "U", 0.5 }, { "L", 0.5 }, { "cap", 0.8 }, { "records.most", 3 },
        { "clear.points", 10 }, { "clear.percent", 80 },
        { "half_life.incident", 90 }, { "half_life.condition", 180 }, { "recency.floor", 0.05 },
        { "grade.source.1", 1 }, { "grade.source.2", 0.7 }, { "grade.source.3", 0.3 },
        { "grade.info.A", 1 }, { "grade.info.B", 0.85 }, { "grade.info.C", 0.6 },
        { "grade.info.D", 0.4 }, { "grade.ungraded", 0.5 }, { "contested", 0.5 },
    };
    kith_settings settings;

    kith_settings_default(&settings);
    cr_assert(eq(sz, kith_setting_count, sizeof proposed / sizeof *proposed));
    for (size_t i = 0; i < kith_setting_count; i++) {
        cr_expect(eq(str, (char *)kith_setting_rows[i].name, (char *)proposed[i].name));
        cr_expect(eq(dbl, kith_setting_value(&settings, &kith_setting_rows[i]), proposed[i].value));
    }
}

Test(settings, a_byte_order_mark_is_no_part_of_the_first_line)
{
    kith_settings settings;

    cr_assert(eq(int, read_text(&settings, "\xEF\xBB\xBFK = 2\nU = 0.25\n"), KITH_OK), "%s", err.message);
    cr_expect(eq(dbl, settings.weigh.saturation, 2));
    cr_expect(eq(int, read_text(&settings, "K = 2\n\xEF\xBB\xBFU = 0.25\n"), KITH_INPUT));
}

/* Whatever stood behind it on the line would be passed over. */
Test(settings, a_byte_0_is_refused)
{
    static const char text[] = "K = 2\0U = 3\nL = 0.25\n";
    char *folder = make_folder(), *path = path_in(folder, "team.settings");
    kith_settings settings;

    write_file(path, text, sizeof text - 1);
    cr_expect(eq(int, kith_settings_read(&settings, path, &err), KITH_INPUT));
    cr_expect(strstr(err.message, "team.settings:1: the line has a byte 0") != NULL, "%s", err.message);
    free(path);
    drop_folder(folder);
}

Test(settings, what_is_written_reads_back_and_defaults_lie_in_their_ranges)
{
    kith_settings settings, again;
    kith_text text = { 0 };

    kith_settings_default(&settings);
    settings.weigh.saturation = 3.3;
    settings.factors.info[2] = 0.123456789012345;
    kith_settings_write(&text, &settings);
    cr_assert(eq(int, read_text(&again, text.data), KITH_OK), "%s", err.message);
    for (size_t i = 0; i < kith_setting_count; i++)
        cr_expect(eq(dbl, kith_setting_value(&again, &kith_setting_rows[i]),
                     kith_setting_value(&settings, &kith_setting_rows[i])));
    kith_text_free(&text);
}

Test(settings, a_file_changes_what_it_names_and_the_weighting_reads_it)
{
    kith_settings settings;
    kith_weighting weighting = { .grades = true, .half_life_scale = 1 };

    cr_assert(eq(int, read_text(&settings, "# ours\n\n K = 2 # harder\r\ngrade.ungraded=0.25\nhalf_life.incident = 30"), KITH_OK),
              "%s", err.message);
    cr_expect(eq(dbl, settings.weigh.saturation, 2));
    cr_expect(eq(dbl, settings.weigh.interplay, 0.5));
    weighting.factors = settings.weigh.weighting.factors;
    cr_expect(eq(dbl, kith_reliability((kith_grade){ 0 }, &weighting), 0.25));
    cr_expect(epsilon_eq(dbl, kith_recency(100, 130, KITH_INCIDENT, &weighting), 0.5, 1e-12));
}

Test(settings, a_fault_names_its_line_and_what_is_expected)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        { "K = 4\nK = 4\n", "team.settings:2: K is given a second time" },
        { "\nM = 4\n", "team.settings:2: there is no setting \"M\"" },
        { "K four\n", "team.settings:1: \"K four\" is no setting" },
        { "U = 1.5\n", "team.settings:1: U is \"1.5\"; a number from 0 to 1 is expected" },
        { "U = 0,5\n", "team.settings:1: U is \"0,5\"" },
        { "K = nan\n", "team.settings:1: K is \"nan\"" },
        { "K = 0\n", "team.settings:1: K is \"0\"" },
        { "K =\n", "team.settings:1: K is \"\"" },
        { "= 4\n", "team.settings:1: there is no setting \"\"" },
    };
    kith_settings settings;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect(eq(int, read_text(&settings, bad[i].text), KITH_INPUT), "%s", bad[i].text);
        cr_expect_not_null(strstr(err.message, bad[i].said), "%s", err.message);
    }
    cr_expect(eq(int, kith_settings_read(&settings, "/nonexistent/x", &err), KITH_IO));
}

Test(settings, a_line_without_end_is_refused)
{
    kith_settings settings;
    char text[2000];

    memset(text, '#', sizeof text);
    text[sizeof text - 1] = '\0';
    cr_expect(eq(int, read_text(&settings, text), KITH_INPUT));
    cr_expect_not_null(strstr(err.message, "the line is too long"));
}
