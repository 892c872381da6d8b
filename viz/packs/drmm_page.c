/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm_page.c: a daily pack as HTML: what the day holds, then a sheet a child or group.
 *
 * Pictures are drawn first, two at a time; the rest is words. */
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/drmm.h"
#include "kith/parallel.h"

enum { SIDE_BY_SIDE = 2 };

typedef struct drawing_job {
    kith_drmm *drmm;
    kith_text *pictures;
    uint64_t seed;
} drawing_job;

static const char *day_name(char out[64], int32_t day)
{
    static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday" };
    char date[KITH_TIME_SIZE];

    kith_day_write(date, day);
    kith_sentence(out, 64, "%s %s", weekdays[kith_weekday(day)], date);
    return out;
}

void kith_drmm_say_period(kith_text *out, const kith_period *period)
{
    const long hours = (long)((period->to - period->from) / 3600);
    char day[64];

    kith_text_format(out, "from 00:00 on %s ", day_name(day, period->first_day));
    kith_text_format(out, "to 00:00 on %s, %ld hours", day_name(day, period->last_day + 1), hours);
    if (hours % 24 != 0)
        kith_text_format(out, " (the clocks %s)", hours % 24 == 23 ? "went forward" : "went back");
}

static void add_when_any(kith_page *page, const kith_table *table)
{
    if (kith_table_rows(table) > 0)
        kith_page_table(page, table);
}

/* A table without rows is one line: what is not recorded is said, and takes no room. */
static void add_table(kith_page *page, const kith_table *table)
{
    kith_text line = { 0 };

    if (kith_table_rows(table) > 0) {
        kith_page_table(page, table);
        return;
    }
    kith_text_format(&line, "%s: %s", table->title, table->empty);
    kith_page_paragraph(page, kith_text_string(&line));
    page->html.failed = page->html.failed || line.failed;
    kith_text_free(&line);
}

static void add_front(kith_page *page, const kith_drmm *drmm)
{
    kith_text text = { 0 };

    kith_text_add(&text, "This pack covers ");
    kith_drmm_say_period(&text, &drmm->period);
    kith_text_format(&text, ", by London's clock. %zu page%s, in the order of the agenda, then by the "
                            "time of the first event; no order says how much anybody is at risk.",
                     drmm->count, drmm->count == 1 ? "" : "s");
    if (drmm->month_only > 0)
        kith_text_format(&text, "\n%zu event%s known by a month only, which ends in the period, %s not in it.",
                         drmm->month_only, drmm->month_only == 1 ? "" : "s",
                         drmm->month_only == 1 ? "is" : "are");
    if (drmm->first_load)
        kith_text_add(&text, "\nNothing was loaded before the period, so nothing can be told to be new.");
    kith_page_paragraph(page, kith_text_string(&text));
    page->html.failed = page->html.failed || text.failed;
    kith_text_free(&text);
    add_table(page, &drmm->agenda);
}

/* A table, or where nothing at all is said of it one line. */
static void add_rights(kith_page *page, const kith_table *table)
{
    kith_text line = { 0 };
    bool said = false;

    for (size_t i = 0; i < table->cell_count; i++)
        said = said || (i % table->column_count > 0 && strcmp(table->cells[i].text, "not said") != 0);
    if (said || table->cell_count == 0) {
        add_when_any(page, table);
        return;
    }
    kith_text_format(&line, "%s is not said of", table->title);
    for (size_t i = 0; i < table->cell_count; i += table->column_count)
        kith_text_format(&line, "%s %s", i > 0 ? "," : "", table->cells[i].text);
    kith_text_add(&line, ".");
    kith_page_paragraph(page, kith_text_string(&line));
    page->html.failed = page->html.failed || line.failed;
    kith_text_free(&line);
}

/* What stands on no page. */
static void add_rest(kith_page *page, const kith_drmm *drmm)
{
    add_when_any(page, &drmm->late);
    add_when_any(page, &drmm->adopted);
    add_when_any(page, &drmm->due);
    add_when_any(page, &drmm->others);
    add_rights(page, &drmm->rights);
}

static kith_status add_picture(kith_page *page, const kith_dossier *dossier, const kith_text *picture,
                               kith_error *err)
{
    kith_text alt = { 0 };

    kith_text_format(&alt, "%s, and what is recorded one step away", dossier->heading);
    kith_status status = kith_text_status(&alt, err);
    if (status == KITH_OK)
        status = kith_page_picture(page, picture->data, picture->size, alt.data, err);
    kith_text_free(&alt);
    return status;
}

/* About how high a table is, in millimetres, of so many characters' width. */
static int height_of(const kith_table *table, int width)
{
    int lines = 0;

    if (kith_table_rows(table) == 0)
        return 4;
    for (size_t r = 0; r < kith_table_rows(table); r++) {
        size_t characters = 0;
        for (size_t c = 0; c < table->column_count; c++) {
            const kith_cell *cell = &table->cells[r * table->column_count + c];
            characters += cell->missing ? 0 : strlen(cell->text);
        }
        lines += 1 + (int)characters / width;
    }
    return 12 + 4 * lines + 4 * (int)table->note_count;
}

enum { SHEET_MM = 245, HEADING_MM = 16, WHOLE = 100, HALF = 36 /* characters that fill a line */ };

/* How high the picture may be, so that all is on one sheet. */
static int picture_cm(const kith_dossier *d, bool news)
{
    const kith_table *const halves[] = { &d->conditions, &d->strengths, &d->places, &d->plan,
                                         &d->decisions, &d->corrected, &d->news };
    int columns = 0, highest = 0, cm;

    for (size_t i = 0; i < 6 + (size_t)news; i++) {
        const int height = height_of(halves[i], HALF);
        columns += height;
        highest = height > highest ? height : highest;
    }
    const int text = HEADING_MM + height_of(&d->recent, WHOLE) + (columns + highest) / 2 +
                     4 * (int)((strlen(d->standing) + strlen(d->beyond)) / 100 + 2);
    for (cm = 14; cm > 6 && text + 10 * cm > SHEET_MM;)
        cm -= 2;
    return cm;
}

static kith_status draw(void *context, size_t piece, unsigned worker, kith_error *err)
{
    drawing_job *job = context;
    const kith_dossier *page = &job->drmm->pages[piece];

    (void)worker;
    if (!page->drawn)
        return KITH_OK;
    const kith_drawing drawing = { .seed = (int64_t)job->seed, .width = KITH_PAGE_UPRIGHT_WIDTH,
                                   .height = picture_cm(page, !job->drmm->first_load) * 7200 / 254 };
    return kith_scene_draw(&job->pictures[piece], &page->scene, "svg", &drawing, err);
}

/* One sheet. What happened stands above the picture, what keeps safe and what was agreed below. */
static kith_status add_sheet(kith_page *page, const kith_dossier *d, size_t nth, bool news,
                             const kith_text *picture, kith_error *err)
{
    kith_text title = { 0 };
    kith_status status = KITH_OK;

    kith_text_format(&title, "%zu. %s", nth, d->heading);
    kith_page_card(page, kith_text_string(&title), picture_cm(d, news));
    page->html.failed = page->html.failed || title.failed;
    kith_text_free(&title);
    if (d->standing[0] != '\0')
        kith_page_paragraph(page, d->standing);
    add_table(page, &d->recent);
    if (d->drawn)
        status = add_picture(page, d, picture, err);
    if (d->beyond[0] != '\0')
        kith_page_paragraph(page, d->beyond);
    kith_page_columns(page);
    add_table(page, &d->conditions);
    add_table(page, &d->strengths);
    if (news)
        add_table(page, &d->news);
    add_table(page, &d->places);
    add_table(page, &d->plan);
    add_table(page, &d->decisions);
    add_when_any(page, &d->corrected);
    kith_page_columns_end(page);
    return status;
}

/* Links to the sheets of a file, by the numbers of the agenda. */
static kith_status add_links(kith_page *page, const kith_drmm *drmm, size_t from, size_t to, kith_error *err)
{
    const char **words = calloc(to - from + 1, sizeof *words);
    kith_text *texts = calloc(to - from + 1, sizeof *texts);
    kith_status status = words != NULL && texts != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = from; status == KITH_OK && i < to; i++) {
        kith_text_format(&texts[i - from], "no %zu, %s", i + 1, drmm->pages[i].heading);
        words[i - from] = kith_text_string(&texts[i - from]);
        status = kith_text_status(&texts[i - from], err);
    }
    if (status == KITH_OK) {
        kith_page_columns(page);
        kith_page_index(page, words, to - from);
        kith_page_columns_end(page);
    }
    for (size_t i = 0; texts != NULL && i < to - from; i++)
        kith_text_free(&texts[i]);
    free(texts);
    free(words);
    return status;
}

typedef struct file_of_pages {
    size_t from, to; /* pages of the pack */
    size_t nth, files;
} file_of_pages;

static kith_status write_file(kith_text *html, const kith_drmm *drmm, const kith_view *view,
                              const char *names, const kith_text *pictures,
                              const file_of_pages *part, kith_error *err)
{
    kith_text title = { 0 }, span = { 0 };
    kith_page page;
    char day[64];
    kith_status status;

    kith_text_format(&title, "Daily meeting, %s", day_name(day, drmm->period.last_day + 1));
    if (part->files > 1)
        kith_text_format(&title, ", part %zu of %zu", part->nth + 1, part->files);
    kith_text_add(&span, "Covers ");
    kith_drmm_say_period(&span, &drmm->period);
    kith_text_format(&span, "; pictures and tables reach back %d days.", (int)(view->as_of - view->since + 1));
    status = kith_text_status(&title, err);
    if (status == KITH_OK)
        status = kith_text_status(&span, err);
    if (status == KITH_OK) {
        kith_page_begin(&page, view, &(kith_frame){ kith_text_string(&title), names, kith_text_string(&span), "", "" });
        if (part->nth == 0)
            add_front(&page, drmm);
        status = add_links(&page, drmm, part->from, part->to, err);
        if (part->nth == 0)
            add_rest(&page, drmm);
        for (size_t i = part->from; status == KITH_OK && i < part->to; i++)
            status = add_sheet(&page, &drmm->pages[i], i + 1, !drmm->first_load, &pictures[i], err);
        if (status == KITH_OK)
            status = kith_page_end(html, &page, err);
        else
            kith_page_free(&page);
    }
    kith_text_free(&title);
    kith_text_free(&span);
    return status;
}

kith_status kith_drmm_html(kith_text **html, size_t *count, kith_drmm *drmm, const kith_view *view,
                           const char *names, size_t each, uint64_t seed,
                           const kith_progress *progress, kith_error *err)
{
    const size_t files = each == 0 || drmm->count <= each ? 1 : (drmm->count + each - 1) / each;
    kith_text *texts = calloc(files, sizeof *texts), *pictures = calloc(drmm->count + 1, sizeof *pictures);
    drawing_job job = { drmm, pictures, seed };
    kith_status status = texts != NULL && pictures != NULL ? KITH_OK : kith_no_memory(err);

    if (status == KITH_OK)
        status = kith_parallel_run(&(kith_parallel){ draw, &job, drmm->count, "pictures", progress },
                                   SIDE_BY_SIDE, err);
    for (size_t f = 0; status == KITH_OK && f < files; f++) {
        const size_t from = files == 1 ? 0 : f * each;
        const size_t to = files == 1 || from + each > drmm->count ? drmm->count : from + each;
        status = write_file(&texts[f], drmm, view, names, pictures,
                            &(file_of_pages){ from, to, f, files }, err);
    }
    for (size_t i = 0; pictures != NULL && i < drmm->count; i++)
        kith_text_free(&pictures[i]);
    for (size_t f = 0; status != KITH_OK && texts != NULL && f < files; f++)
        kith_text_free(&texts[f]);
    if (status != KITH_OK)
        free(texts);
    free(pictures);
    *html = status == KITH_OK ? texts : NULL;
    *count = status == KITH_OK ? files : 0;
    return status;
}
