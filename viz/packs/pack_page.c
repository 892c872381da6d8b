/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_page.c: a mapping meeting's pack as HTML, in the order in which the meeting goes. */
#include "kith/pack.h"

#include <string.h>

enum { FITS_A4 = 20 /* nodes on a sheet of A4 that can be read across a table */ };

static void add_meeting(kith_page *page, const kith_meeting *meeting)
{
    static const char *const keys[KITH_MEETING_LINES] = { "Purpose", "Chair", "Attendees",
                                                          "Intended outcome", "Review on" };

    kith_page_facts(page, keys, (const char *const *)meeting->lines, KITH_MEETING_LINES);
}

/* What the last meeting agreed comes first. */
static void add_last(kith_page *page, const kith_pack *pack)
{
    kith_page_heading(page, 2, "Since the last meeting");
    for (size_t i = 0; i < pack->count; i++) {
        kith_page_heading(page, 3, pack->subjects[i].heading);
        kith_page_table(page, &pack->subjects[i].decisions);
        kith_page_table(page, &pack->subjects[i].plan);
        if (kith_table_rows(&pack->subjects[i].corrected) > 0)
            kith_page_table(page, &pack->subjects[i].corrected);
    }
}

static void add_subject(kith_page *page, const kith_pack *pack, size_t i)
{
    const kith_dossier *d = &pack->subjects[i];

    kith_page_section(page, d->heading, KITH_PAGE_UPRIGHT);
    if (d->standing[0] != '\0')
        kith_page_paragraph(page, d->standing);
    kith_page_table(page, &d->strengths);
    kith_page_table(page, &d->conditions);
    if (pack->weighings[i].column_count > 0)
        kith_page_table(page, &pack->weighings[i]);
    if (kith_table_rows(&d->places) > 0)
        kith_page_table(page, &d->places);
}

/* What the map leaves out, which stands in its footer below a first line that the page has. */
static void add_left_out(kith_page *page, const kith_scene *scene)
{
    const char *line = scene->footer != NULL ? strchr(scene->footer, '\n') : NULL;

    if (line != NULL && line[1] != '\0')
        kith_page_paragraph(page, line + 1);
}

static kith_status add_map(kith_page *page, const kith_pack *pack, uint64_t seed, kith_error *err)
{
    kith_scene bare = pack->scene; /* shares all but what the page has */
    char nothing[] = "";

    const bool large = bare.node_count > FITS_A4;
    const kith_drawing drawing = { .seed = (int64_t)seed,
                                   .width = large ? KITH_PAGE_A3_WIDTH : KITH_PAGE_WIDE_WIDTH,
                                   .height = large ? KITH_PAGE_A3_HEIGHT : KITH_PAGE_WIDE_HEIGHT };
    bare.title = nothing;
    kith_page_section(page, "The map", large ? KITH_PAGE_WIDE_A3 : KITH_PAGE_WIDE);
    add_left_out(page, &pack->scene);
    return kith_page_scene(page, &bare, "The map of the meeting; the key to its lines says the same",
                           &drawing, err);
}

kith_status kith_pack_html(kith_text *html, const kith_pack *pack, const kith_meeting *meeting,
                           const kith_view *view, const char *names, uint64_t seed, kith_error *err)
{
    kith_text footer = { 0 };
    kith_page page;

    kith_text_format(&footer, "Meeting's review: %s.", meeting->lines[KITH_MEETING_REVIEW]);
    kith_status status = kith_text_status(&footer, err);
    if (status != KITH_OK)
        return status;
    kith_page_begin(&page, view, &(kith_frame){ "Mapping meeting", names, NULL, "", kith_text_string(&footer) });
    add_meeting(&page, meeting);
    add_last(&page, pack);
    status = add_map(&page, pack, seed, err);
    kith_page_section(&page, "What the lines rest on", KITH_PAGE_UPRIGHT);
    kith_page_table(&page, &pack->ties);
    for (size_t i = 0; i < pack->count; i++)
        add_subject(&page, pack, i);
    kith_page_section(&page, "Groups, places, questions", KITH_PAGE_UPRIGHT);
    kith_page_table(&page, &pack->groups);
    kith_page_table(&page, &pack->places);
    kith_page_table(&page, &pack->gaps);
    kith_page_table(&page, &pack->rights);
    kith_page_section(&page, "What the meeting agrees", KITH_PAGE_WIDE);
    kith_page_table(&page, &pack->actions);
    kith_text_free(&footer);
    if (status == KITH_OK)
        return kith_page_end(html, &page, err);
    kith_page_free(&page);
    return status;
}
