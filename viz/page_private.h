/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_private.h: what the page's own files share. */
#ifndef KITH_PAGE_PRIVATE_H
#define KITH_PAGE_PRIVATE_H

#include "kith/page.h"

/** An element with text as its only content: <name>text</name>. name is markup of our own. */
void page_element(kith_text *html, const char *name, const char *text);

/**
 * kith_page_picture, whose links lead to places in the picture, or, with rows, to the rows
 * of the table beside it: "#r1-n1" for what stands under the id n1.
 */
kith_status page_place_picture(kith_page *page, const char *svg, size_t size, const char *alt,
                               bool rows, kith_error *err);

/** kith_page_table; of a scene's table, with its rows linked to the picture placed last. */
void page_add_table(kith_page *page, const kith_table *table, const kith_scene *scene);

/** kith_page_pdf by another interpreter than the system's. */
kith_status page_pdf_by(kith_text *pdf, const kith_text *html, size_t count,
                        const kith_page_pdf_options *options, const char *python,
                        kith_error *err);

#endif
