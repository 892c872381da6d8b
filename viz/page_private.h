/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_private.h: what the page's own files share. */
#ifndef KITH_PAGE_PRIVATE_H
#define KITH_PAGE_PRIVATE_H

#include "kith/page.h"

/** An element with text as its only content: <name>text</name>. name is markup of our own. */
void page_element(kith_text *html, const char *name, const char *text);

/* A part of a picture, in its own units, and how large it is shown, in points. */
typedef struct page_cut {
    double x, y, width, height;
} page_cut;

typedef struct page_place {
    const char *alt;
    bool rows;           /* links lead to the rows of the table beside it: "#r1-n1" for the id n1 */
    const page_cut *cut; /* only this part of it, at its own size; NULL: all */
} page_place;

/** kith_page_picture, placed as said. */
kith_status page_place_picture(kith_page *page, const char *svg, size_t size,
                               const page_place *how, kith_error *err);

/** The picture of a scene without its title, header and footer, which a page has. */
kith_status page_draw(kith_text *svg, const kith_scene *scene, const kith_drawing *drawing,
                      kith_error *err);

/** kith_page_begin_scene, all on sheets of this class of the style sheet. */
void page_begin_class(kith_page *page, const kith_scene *scene, const char *class);

/** kith_page_table; of a scene's table, with its rows linked to the picture placed last. */
void page_add_table(kith_page *page, const kith_table *table, const kith_scene *scene);

/** kith_page_pdf by another interpreter than the system's. */
kith_status page_pdf_by(kith_text *pdf, const kith_text *html, size_t count,
                        const kith_page_pdf_options *options, const char *python,
                        kith_error *err);

#endif
