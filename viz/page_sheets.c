/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_sheets.c: one picture for the printer, on a sheet or cut over several.
 *
 * A cut picture stands on each sheet whole, behind a window onto its part, so that what lies
 * on an edge is drawn on both sheets as it is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page_private.h"

/* What a sheet of A4 has room for between title and footer, in points, and how much of it
 * the next one shows again. */
enum { SHORT_SIDE = 514, LONG_SIDE = 758, TALL = 620, LOW = 380, SHARED = 30 };

typedef struct tiling {
    bool wide;
    double width, height; /* of a tile */
    int columns, rows;
} tiling;

static int pieces(double length, double tile)
{
    return length <= tile ? 1 : (int)ceil((length - SHARED) / (tile - SHARED));
}

static tiling cut_into(double width, double height, bool wide)
{
    tiling made = { .wide = wide,
                    .width = wide ? LONG_SIDE : SHORT_SIDE,
                    .height = wide ? LOW : TALL };

    made.columns = pieces(width, made.width);
    made.rows = pieces(height, made.height);
    return made;
}

/* "<svg width=... viewBox="0.00 0.00 1425.79 1086.73"": as kith-draw writes it. */
static bool measure(const char *svg, double *width, double *height)
{
    const char *box = strstr(svg, "viewBox=\"");
    double x, y;

    return box != NULL && sscanf(box, "viewBox=\"%lf %lf %lf %lf", &x, &y, width, height) == 4 &&
           *width > 0 && *height > 0;
}

static kith_status add_tile(kith_page *page, const kith_text *svg, const tiling *t, int row,
                            int column, kith_error *err)
{
    const page_cut cut = { column * (t->width - SHARED), row * (t->height - SHARED), t->width,
                           t->height };
    char alt[96];

    snprintf(alt, sizeof alt, "Sheet %d of %d: row %d, column %d", row * t->columns + column + 1,
             t->rows * t->columns, row + 1, column + 1);
    kith_page_section(page, alt, t->wide ? KITH_PAGE_WIDE : KITH_PAGE_UPRIGHT);
    return page_place_picture(page, svg->data, svg->size, &(page_place){ .alt = alt, .cut = &cut },
                              err);
}

static kith_status add_tiles(kith_page *page, const kith_text *svg, const tiling *t,
                             kith_error *err)
{
    kith_status status = KITH_OK;

    if (t->rows * t->columns > KITH_PAGE_TILES)
        return kith_fail(err, KITH_USAGE,
                         "the picture takes %d sheets of A4, more than %d; draw fewer things at "
                         "once, or take --paper a3",
                         t->rows * t->columns, KITH_PAGE_TILES);
    for (int row = 0; row < t->rows; row++)
        for (int column = 0; status == KITH_OK && column < t->columns; column++)
            status = add_tile(page, svg, t, row, column, err);
    return status;
}

static kith_status draw(kith_text *svg, double *width, double *height, const kith_scene *scene,
                        const kith_drawing *drawing, kith_error *err)
{
    const kith_status status = page_draw(svg, scene, drawing, err);

    if (status == KITH_OK && !measure(svg->data, width, height))
        return kith_fail(err, KITH_INPUT,
                         "the picture says no size; install the kith-draw that came with this kith");
    return status;
}

static kith_status add_cut(kith_page *page, const kith_scene *scene, const kith_drawing *drawing,
                           kith_error *err)
{
    kith_text svg = { 0 };
    double width, height;

    kith_status status = draw(&svg, &width, &height, scene, drawing, err);
    if (status == KITH_OK) {
        const tiling upright = cut_into(width, height, false), wide = cut_into(width, height, true);
        const tiling *t =
            wide.rows * wide.columns < upright.rows * upright.columns ? &wide : &upright;
        page_begin_class(page, scene, t->wide ? "sheets wide" : "sheets");
        status = add_tiles(page, &svg, t, err);
    }
    kith_text_free(&svg);
    return status;
}

/* The whole picture on a sheet that stands, or lies on its side, as it is shown larger. */
static kith_status add_whole(kith_page *page, const kith_scene *scene, kith_page_paper paper,
                             const kith_drawing *drawing, kith_error *err)
{
    static const struct {
        const char *class;
        int width, height; /* what it leaves to the picture, in points (page.css) */
    } sheets[][2] = { { { "sheets", 515, 657 }, { "sheets wide", 762, 413 } },
                      { { "sheets a3", 762, 1006 }, { "sheets a3 wide", 1111, 657 } } };
    const page_place whole = { .alt = "The picture" };
    kith_text svg[2] = { { 0 }, { 0 } };
    kith_status status = KITH_OK;
    double largest = 0;
    int best = 0;

    for (int i = 0; status == KITH_OK && i < 2; i++) {
        kith_drawing on = *drawing;
        double width, height;
        on.width = sheets[paper == KITH_PAPER_A3][i].width;
        on.height = sheets[paper == KITH_PAPER_A3][i].height;
        status = draw(&svg[i], &width, &height, scene, &on, err);
        if (status != KITH_OK || fmin(on.width / width, on.height / height) <= largest)
            continue;
        largest = fmin(on.width / width, on.height / height);
        best = i;
    }
    if (status == KITH_OK) {
        page_begin_class(page, scene, sheets[paper == KITH_PAPER_A3][best].class);
        status = page_place_picture(page, svg[best].data, svg[best].size, &whole, err);
    }
    kith_text_free(&svg[0]);
    kith_text_free(&svg[1]);
    return status;
}

kith_status kith_page_sheets(kith_text *html, const kith_scene *scene, kith_page_paper paper,
                             const kith_drawing *drawing, kith_error *err)
{
    kith_page page = { 0 };

    kith_status status = paper == KITH_PAPER_TILES ? add_cut(&page, scene, drawing, err)
                                                   : add_whole(&page, scene, paper, drawing, err);
    if (status == KITH_OK)
        status = kith_page_end(html, &page, err);
    kith_page_free(&page);
    return status;
}
