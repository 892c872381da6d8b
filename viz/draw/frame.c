/* SPDX-License-Identifier: MIT */
/* frame.c: header, legend and footer, each beside the picture and never on it.
 *
 * The header stands above, the footer below. The legend stands at the right of a picture
 * that is not much wider than high, and in columns below one that is; where the paper is known,
 * where it leaves most of that to the picture. */
#include "draw.h"

#include <math.h>

enum { GAP = 18, ROW_GAP = 7, MARK_WIDTH = 58, COLUMN_GAP = 22, LEGEND_PAD = 10 };

static void grow(rect *all, bool *any, rect with)
{
    *all = *any ? rect_around(*all, with) : with;
    *any = true;
}

/* Everything of the picture itself. */
static rect content_of(const sheet *s)
{
    rect all = { 0, 0, 200, 40 };
    bool any = false;

    for (size_t i = 0; i < s->scene->node_count; i++)
        grow(&all, &any, node_box(s, i));
    for (size_t i = 0; i < s->scene->cluster_count; i++)
        if (s->cluster_boxes[i].width > 0)
            grow(&all, &any, s->cluster_boxes[i]);
    for (size_t i = 0; i < s->scene->tie_count; i++) {
        const kith_scene_box *label = &s->scene->ties[i].box;
        grow(&all, &any, s->bounds[i]);
        if (label->placed)
            grow(&all, &any, (rect){ label->x, label->y, label->width, label->height });
    }
    for (size_t i = 0; i < s->scene->mark_count; i++)
        grow(&all, &any, mark_box(s, i));
    return all;
}

static double row_height(const sheet *s, size_t row)
{
    const double text = s->legend_texts[row].box.height, mark = s->legend_marks[row].box.height;

    return (text > mark ? text : mark) + ROW_GAP;
}

/* Puts rows from `first` on in one column with its upper left corner at x, y. */
static double set_column(sheet *s, size_t first, size_t rows, double x, double y)
{
    double width = 0;

    for (size_t i = first; i < s->legend_count && i < first + rows; i++) {
        word *text = &s->legend_texts[i], *mark = &s->legend_marks[i];
        const double height = row_height(s, i);
        mark->box.x =
            x + (s->legend[i].mark >= KITH_MARK_TERM ? mark->box.width : MARK_WIDTH - 8) / 2;
        text->box.x = x + MARK_WIDTH + text->box.width / 2;
        if (s->legend[i].mark >= KITH_MARK_TERM && mark->box.width > MARK_WIDTH - 8)
            text->box.x += mark->box.width - MARK_WIDTH + 8;
        text->box.y = mark->box.y = y - height / 2;
        const double right = text->box.x + text->box.width / 2 - x;
        width = right > width ? right : width;
        y -= height;
    }
    return width;
}

static double column_height(const sheet *s, size_t first, size_t rows)
{
    double height = 0;

    for (size_t i = first; i < s->legend_count && i < first + rows; i++)
        height += row_height(s, i);
    return height;
}

/* The legend in columns of so many rows, its upper left corner at left, top. */
static void set_legend(sheet *s, double left, double top, size_t rows)
{
    const double head = s->legend_title.box.height + 6;
    double x = left + LEGEND_PAD, highest = 0;

    s->legend_title.box.x = x + s->legend_title.box.width / 2;
    s->legend_title.box.y = top - LEGEND_PAD - s->legend_title.box.height / 2;
    for (size_t first = 0; first < s->legend_count; first += rows) {
        const double height = column_height(s, first, rows);
        x += set_column(s, first, rows, x, top - LEGEND_PAD - head) + COLUMN_GAP;
        highest = height > highest ? height : highest;
    }
    const double width = x - COLUMN_GAP + LEGEND_PAD - left;
    const double height = highest + head + 2 * LEGEND_PAD;
    s->legend_box = (rect){ left + width / 2, top - height / 2, width, height };
}

static double right_of(rect r)
{
    return r.x + r.width / 2;
}

/* The most columns that stay within a width. */
static void set_legend_below(sheet *s, rect content, double width)
{
    const double left = content.x - content.width / 2, top = content.y - content.height / 2 - GAP;
    size_t rows = (s->legend_count + 5) / 6;

    for (rows = rows > 3 ? rows : 3;; rows++) {
        set_legend(s, left, top, rows);
        if (s->legend_box.width <= width || rows >= s->legend_count)
            return;
    }
}

/* How large the picture with its legend would be on paper. */
static double scale_on(const sheet *s, rect content, double width, double height)
{
    const rect all = rect_around(content, s->legend_box);

    return fmin(width / all.width, height / all.height);
}

/* Of all numbers of rows, at the right and below, the one that leaves the picture largest; of equal
 * ones one at the right as high as can be, or one below as low. */
static void set_legend_on(sheet *s, rect content, double width, double height)
{
    const double left = content.x - content.width / 2, top = content.y + content.height / 2;
    const struct {
        double left, top;
    } at[] = { { right_of(content) + GAP, top }, { left, top - content.height - GAP } };
    size_t best_rows = s->legend_count, best_at = 0;
    double best = 0;

    for (size_t i = 0; i < 2 * s->legend_count; i++) {
        const size_t below = i >= s->legend_count;
        const size_t rows = below ? i - s->legend_count + 1 : s->legend_count - i;
        set_legend(s, at[below].left, at[below].top, rows);
        const double scale = scale_on(s, content, width, height);
        if (scale <= best * 1.001)
            continue;
        best = scale;
        best_rows = rows;
        best_at = below;
    }
    set_legend(s, at[best_at].left, at[best_at].top, best_rows);
}

/* A line of words with its left edge at x and its upper edge at y; the next y. */
static double set_line(word *w, double x, double y)
{
    if (w->node == NULL)
        return y;
    w->box.x = x + w->box.width / 2;
    w->box.y = y - w->box.height / 2;
    return y - w->box.height - 4;
}

static kith_scene_box as_box(rect r)
{
    return (kith_scene_box){ r.width > 0, r.x, r.y, r.width, r.height };
}

static rect header_box(const sheet *s)
{
    if (s->title.node == NULL)
        return s->header.box;
    return s->header.node == NULL ? s->title.box : rect_around(s->title.box, s->header.box);
}

static void tell(sheet *s)
{
    s->scene->page = as_box(s->page);
    s->scene->legend_box = as_box(s->legend_box);
    s->scene->header_box = as_box(header_box(s));
    s->scene->footer_box = as_box(s->footer.box);
    for (size_t i = 0; i < s->scene->cluster_count; i++)
        s->scene->clusters[i].box = as_box(s->cluster_boxes[i]);
}

/* The row that explains lone numbers was measured in case; most pictures need none. */
static void drop_number_row(sheet *s)
{
    for (size_t i = 0; i < s->scene->tie_count; i++)
        if (s->scene->ties[i].numbered)
            return;
    if (s->legend_count == 0 || s->legend[s->legend_count - 1].mark != KITH_MARK_NUMBER)
        return;
    s->legend_count--;
    agdelete(s->graph, s->legend_texts[s->legend_count].node);
    agdelete(s->graph, s->legend_marks[s->legend_count].node);
}

void sheet_frame(sheet *s, double width, double height)
{
    drop_number_row(s);
    const rect content = content_of(s);
    const double left = content.x - content.width / 2, top = content.y + content.height / 2;
    const double words =
        s->title.box.width > s->header.box.width ? s->title.box.width : s->header.box.width;

    s->page = content;
    if (s->legend_count > 0) {
        if (width > 0 && height > 0)
            set_legend_on(s, content, width, height);
        else if (content.width < 1.25 * content.height || content.width < words * 0.6)
            set_legend(s, right_of(content) + GAP, top, s->legend_count);
        else
            set_legend_below(s, content, content.width > words ? content.width : words);
        s->page = rect_around(s->page, s->legend_box);
    }
    const double heights = (s->title.node != NULL ? s->title.box.height + 4 : 0) +
                           (s->header.node != NULL ? s->header.box.height + 4 : 0);
    const double below = s->page.y - s->page.height / 2 - GAP;
    set_line(&s->header, left, set_line(&s->title, left, top + GAP + heights));
    set_line(&s->footer, left, below);
    if (s->title.node != NULL)
        s->page = rect_around(s->page, s->title.box);
    if (s->header.node != NULL)
        s->page = rect_around(s->page, s->header.box);
    if (s->footer.node != NULL)
        s->page = rect_around(s->page, s->footer.box);
    tell(s);
}
