/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h: a report as one HTML file, and as PDF.
 *
 * A page stands alone: no script, nothing fetched, one style sheet inside it (viz/page.css)
 * that also prints, and a content security policy that allows no more than that. Every text
 * goes through one escape (kith_text_add_xml), so it may be anything. Marking, header and
 * footer are the words of kith/frame.h; printed, they stand on every sheet with its number.
 *
 *     kith_page_begin(&page, view, &frame);
 *     kith_page_section(&page, "Child 1", KITH_PAGE_UPRIGHT);
 *     kith_page_table(&page, &table);
 *     status = kith_page_end(&html, &page, err);
 *
 * Like kith_text, a page remembers a failed allocation and is asked once, at its end. */
#ifndef KITH_PAGE_H
#define KITH_PAGE_H

#include "kith/drawing.h"
#include "kith/frame.h"
#include "kith/progress.h"
#include "kith/scene.h"
#include "kith/table.h"
#include "kith/text.h"
#include "kith/view.h"

typedef enum kith_page_sheet { KITH_PAGE_UPRIGHT, KITH_PAGE_WIDE, KITH_PAGE_WIDE_A3 } kith_page_sheet; /* of A4 but for the last */

typedef struct kith_page {
    kith_text html;
    unsigned sections, pictures;
    int level; /* of the last heading */
    bool open; /* a section is */
} kith_page;

/* Room for a picture on such a sheet, in points (page.css). */
enum {
    KITH_PAGE_UPRIGHT_WIDTH = 515,
    KITH_PAGE_WIDE_WIDTH = 762,
    KITH_PAGE_WIDE_HEIGHT = 368,
    KITH_PAGE_A3_WIDTH = 1111,
    KITH_PAGE_A3_HEIGHT = 609
};

/** Begins a page: frame->title is its title and its one heading of level 1. */
void kith_page_begin(kith_page *page, const kith_view *view, const kith_frame *frame);

/** Begins a page with the title and the words around it that a scene has. */
void kith_page_begin_scene(kith_page *page, const kith_scene *scene);

/**
 * Begins a section on a sheet of its own, headed by its title (level 2; "" for none), and
 * ends the one before. Sections are numbered from 1 for kith_page_index. What comes before
 * the first section stands on the first sheets.
 */
void kith_page_section(kith_page *page, const char *title, kith_page_sheet sheet);

/**
 * A section that is to be one sheet, upright and in small type, whose picture is at most so
 * many centimetres high: 6 to 14, even.
 */
void kith_page_card(kith_page *page, const char *title, int picture_cm);

/** What stands between these two is set in two columns. */
void kith_page_columns(kith_page *page);
void kith_page_columns_end(kith_page *page);

/** Links to the sections 1 to count by these words; printed, with their sheet's number. */
void kith_page_index(kith_page *page, const char *const *words, size_t count);

/** A heading of level 2 to 4; one that skips a level is raised to the next allowed. */
void kith_page_heading(kith_page *page, int level, const char *text);

/** A paragraph; line breaks in it stay. */
void kith_page_paragraph(kith_page *page, const char *text);

/** A paragraph in a frame: what a reader must not miss. */
void kith_page_notice(kith_page *page, const char *text);

void kith_page_list(kith_page *page, const char *const *items, size_t count);

/** A line "key: value" for each. */
void kith_page_facts(kith_page *page, const char *const *keys, const char *const *values,
                     size_t count);

/**
 * A table as kith_table_write's table form has it: title, facts, rows, notes. A column's name is
 * its heading, with blanks for underscores; the first column heads its rows.
 */
void kith_page_table(kith_page *page, const kith_table *table);

/**
 * Places a picture that kith-draw made, with ids of its own; anything in it that can fetch,
 * run or style is refused, and nothing of it placed.
 *
 * svg  the file's bytes.
 * alt  what the picture shows, for those who cannot see it; say where its table stands.
 *
 * Returns KITH_INPUT, KITH_NO_MEMORY.
 */
kith_status kith_page_picture(kith_page *page, const char *svg, size_t size, const char *alt,
                              kith_error *err);

/**
 * Draws a scene without its title, header and footer, which the page has, and places it.
 *
 * Returns what kith_scene_draw and kith_page_picture return.
 */
kith_status kith_page_scene(kith_page *page, const kith_scene *scene, const char *alt,
                            const kith_drawing *drawing, kith_error *err);

/**
 * Draws a scene, places it, and puts its table beside it: what is in the picture links to its
 * row, and each row to its place in the picture. Returns what kith_page_scene returns.
 */
kith_status kith_page_map(kith_page *page, const kith_scene *scene, const kith_drawing *drawing,
                          kith_error *err);

/**
 * Ends the page and frees it.
 *
 * html  added to: the whole file. Free with kith_text_free.
 * Returns KITH_OK or KITH_NO_MEMORY.
 */
kith_status kith_page_end(kith_text *html, kith_page *page, kith_error *err);

/** Frees a page that is not to be ended. */
void kith_page_free(kith_page *page);

typedef enum kith_page_paper {
    KITH_PAPER_A4,   /* the whole picture on one sheet, upright or wide as it fits better */
    KITH_PAPER_A3,
    KITH_PAPER_TILES /* at its own size, over as many sheets of A4 as it takes, which overlap */
} kith_page_paper;

/**
 * A scene for the printer: the picture alone, with title, header and footer on each sheet.
 *
 * html  added to: a whole file. Free with kith_text_free.
 * Returns what kith_page_scene returns, and KITH_USAGE for a picture of more than
 * KITH_PAGE_TILES sheets.
 */
kith_status kith_page_sheets(kith_text *html, const kith_scene *scene, kith_page_paper paper,
                             const kith_drawing *drawing, kith_error *err);

enum { KITH_PAGE_TILES = 60 };

typedef struct kith_page_pdf_options {
    int32_t as_of; /* the date that stands in the files */
    int seconds;   /* most time for one file, on the wall clock; 0: 120 */
    const kith_progress *progress; /* counts files; may be NULL */
} kith_page_pdf_options;

/**
 * Prints pages as PDF by WeasyPrint, two of them at a time.
 *
 * pdf   out: count texts, each { 0 } before; the file of html[i] is pdf[i]. Free each with
 *       kith_text_free, also after a failure.
 * html  what kith_page_end made. The time grows faster than the length: cut long ones.
 *
 * The same pages and date give the same bytes. Nothing is fetched: a page that refers to
 * anything outside itself prints without it. Returns KITH_IO when WeasyPrint is not
 * installed, KITH_INTERNAL when it fails or takes too long; each with its remedy.
 */
kith_status kith_page_pdf(kith_text *pdf, const kith_text *html, size_t count,
                          const kith_page_pdf_options *options, kith_error *err);

#endif
