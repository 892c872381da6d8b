/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_matrix.c: everybody and everything a row, and below the diagonal a cell for each tie.
 *
 * A row's number stands again at its place on the diagonal, at the head of its column. People
 * come first, those of one peer group together. The strongest line of a pair makes the size of
 * its square, so that a grey print loses nothing; the marks' texts say each line of the pair. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map_layout_private.h"

enum { PITCH = 30, ROW_GAP = 10 };

static const double sizes[] = { [KITH_DRAW_DOTTED] = 8, [KITH_DRAW_DASHED] = 12, [KITH_DRAW_SOLID] = 17 };

/* A tie of the map between two rows, the later one first. */
typedef struct cell {
    uint32_t row, column, tie;
} cell;

typedef struct seat {
    uint32_t node;
    bool person;
    uint32_t cluster;
} seat;

typedef struct matrix {
    kith_laying *l;
    uint32_t *rank;   /* of each node */
    uint32_t *column; /* of each rank: its column, or KITH_NOTHING when nothing is below it */
    uint32_t columns;
    double *y;        /* of each rank */
    double left;      /* of the first column */
    bool sizes[3], rules[2]; /* what the legend explains: squares; inferred, barred */
} matrix;

static int by_seat(const void *left, const void *right)
{
    const seat *a = left, *b = right;

    if (a->person != b->person)
        return a->person ? -1 : 1;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static int by_cell(const void *left, const void *right)
{
    const cell *a = left, *b = right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return (a->tie > b->tie) - (a->tie < b->tie);
}

static void number_words(kith_laying *l, double x, double y, kith_scene_align align, uint32_t rank)
{
    char text[16];

    snprintf(text, sizeof text, "%u", rank + 1);
    kith_scene_add_mark(l->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = align, .echo = true,
                                                      .x = x, .y = y, .text = text });
}

/* Rows from above; the number of each beside it. */
static kith_status place_rows(matrix *m)
{
    kith_laying *l = m->l;
    double width, height, y = 0;
    seat *seats = calloc(l->scene->node_count, sizeof *seats);

    if (seats == NULL)
        return kith_no_memory(l->err);
    kith_laying_largest(l, &width, &height);
    m->left = width / 2 + 60;
    for (uint32_t i = 0; i < l->scene->node_count; i++)
        seats[i] = (seat){ i, kith_laying_is_person(&l->scene->nodes[i]),
                           l->whole->nodes[l->from[i]].cluster };
    qsort(seats, l->scene->node_count, sizeof *seats, by_seat);
    for (uint32_t i = 0; i < l->scene->node_count; i++) {
        const double own = l->scene->nodes[seats[i].node].box.height;
        m->rank[seats[i].node] = i;
        m->y[i] = y - own / 2;
        kith_laying_put(l, seats[i].node, 0, m->y[i]);
        number_words(l, width / 2 + 12, m->y[i], KITH_DRAW_LEFT, i);
        y -= own + ROW_GAP;
    }
    free(seats);
    return KITH_OK;
}

static void list_cells(const matrix *m, cell *cells)
{
    const kith_scene *whole = m->l->whole;

    for (uint32_t i = 0; i < whole->tie_count; i++) {
        const uint32_t a = m->rank[m->l->node[whole->ties[i].from]];
        const uint32_t b = m->rank[m->l->node[whole->ties[i].to]];
        cells[i] = (cell){ a > b ? a : b, a > b ? b : a, i };
    }
    qsort(cells, whole->tie_count, sizeof *cells, by_cell);
}

static double column_x(const matrix *m, uint32_t rank)
{
    return m->left + PITCH * m->column[rank];
}

/* Columns of those below whom something is, and their numbers: on the diagonal and at the foot. */
static void place_columns(matrix *m, const cell *cells)
{
    const size_t count = m->l->scene->node_count;

    for (size_t i = 0; i < count; i++)
        m->column[i] = KITH_NOTHING;
    for (size_t i = 0; i < m->l->whole->tie_count; i++)
        m->column[cells[i].column] = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (m->column[i] == KITH_NOTHING)
            continue;
        m->column[i] = m->columns++;
        number_words(m->l, column_x(m, i), m->y[i], KITH_DRAW_CENTRE, i);
        number_words(m->l, column_x(m, i), m->y[count - 1] - 40, KITH_DRAW_CENTRE, i);
    }
}

/* "AB and CD: friend (dashed) by link 2B; inferred (3) (dotted) by ...": all that a tie says. */
static void describe(kith_text *out, const matrix *m, const cell *cells, size_t count)
{
    const kith_scene *whole = m->l->whole;

    for (size_t i = 0; i < count; i++) {
        const kith_scene_tie *tie = &whole->ties[cells[i].tie];
        kith_text_add(out, i > 0 ? "; " : "");
        if (tie->barred)
            kith_text_add(out, "barred, ");
        if (tie->arrow || i == 0) {
            kith_laying_name(out, &whole->nodes[tie->from]);
            kith_text_add(out, tie->arrow ? " to " : " and ");
            kith_laying_name(out, &whole->nodes[tie->to]);
            kith_text_add(out, ": ");
        }
        kith_text_add(out, tie->label);
        if (!tie->barred)
            kith_text_format(out, " (%s%s%s)", kith_scene_line_word(tie->line),
                             tie->tone != KITH_DRAW_NEUTRAL ? ", " : "",
                             tie->tone != KITH_DRAW_NEUTRAL ? kith_scene_tone_word(tie->tone) : "");
        if (tie->basis[0] != '\0')
            kith_text_format(out, " by %s", tie->basis);
    }
}

static void add_rule(matrix *m, double x, double y, double dy, const char *text)
{
    kith_scene_add_mark(m->l->scene,
                        &(kith_scene_mark){ .shape = KITH_DRAW_RULE,
                                            .line = dy > 0 || dy < 0 ? KITH_DRAW_SOLID : KITH_DRAW_DOTTED,
                                            .x = x - 6,
                                            .y = y - dy,
                                            .x2 = x + 6,
                                            .y2 = y + dy,
                                            .text = (char *)text });
}

/* What a pair shows: its strongest line, whether it protects or harms, whether it is kept apart. */
static void add_cell(matrix *m, const cell *cells, size_t count)
{
    const kith_scene *whole = m->l->whole;
    const double x = column_x(m, cells[0].column), y = m->y[cells[0].row];
    kith_scene_tie best = { 0 };
    bool barred = false, inferred = false, recorded = false, protects = false;
    kith_text text = { 0 };

    for (size_t i = 0; i < count; i++) {
        const kith_scene_tie *tie = &whole->ties[cells[i].tie];
        barred = barred || tie->barred;
        inferred = inferred || (tie->inferred && !tie->barred);
        if (tie->barred || tie->inferred)
            continue;
        recorded = true;
        best.line = tie->line > best.line ? tie->line : best.line;
        protects = protects || tie->tone == KITH_DRAW_PROTECTIVE;
        if (tie->tone == KITH_DRAW_RISK)
            best.tone = KITH_DRAW_RISK;
    }
    if (protects && best.tone == KITH_DRAW_NEUTRAL)
        best.tone = KITH_DRAW_PROTECTIVE;
    describe(&text, m, cells, count);
    const char *said = kith_text_string(&text);
    if (recorded) {
        const double half = sizes[best.line] / 2;
        m->sizes[best.line] = true;
        kith_scene_add_mark(m->l->scene, &(kith_scene_mark){ .shape = KITH_DRAW_BAR, .tone = best.tone,
                                                             .x = x - half, .y = y - half,
                                                             .x2 = x + half, .y2 = y + half,
                                                             .text = (char *)said });
    } else if (inferred) {
        m->rules[0] = true;
        add_rule(m, x, y, 0, said);
    }
    if (barred) {
        m->rules[1] = true;
        const double below = recorded || inferred ? 16 : 0;
        add_rule(m, x, y - below, 6, recorded || inferred ? "" : said);
        add_rule(m, x, y - below, -6, "");
    }
    m->l->scene->failed = m->l->scene->failed || text.failed;
    kith_text_free(&text);
}

static void explain(matrix *m)
{
    static const char *const terms[][2] = {
        [KITH_DRAW_DOTTED] = { "small square", "at best tentative" },
        [KITH_DRAW_DASHED] = { "middle square", "at best unconfirmed" },
        [KITH_DRAW_SOLID] = { "large square", "confirmed" },
    };

    for (int i = KITH_DRAW_SOLID; i >= KITH_DRAW_DOTTED; i--)
        if (m->sizes[i])
            kith_scene_add_term(m->l->scene, terms[i][0], terms[i][1]);
    if (m->rules[0])
        kith_scene_add_term(m->l->scene, "dotted dash", "inferred: nobody recorded this tie");
    if (m->rules[1])
        kith_scene_add_term(m->l->scene, "cross", "barred: a condition keeps them apart; not a tie");
}

kith_status kith_laying_matrix(kith_laying *l)
{
    const size_t count = l->scene->node_count, ties = l->whole->tie_count;
    matrix m = { .l = l };
    cell *cells = calloc(ties + 1, sizeof *cells);
    kith_status status;

    m.rank = calloc(count, sizeof *m.rank);
    m.column = calloc(count, sizeof *m.column);
    m.y = calloc(count, sizeof *m.y);
    if (cells == NULL || m.rank == NULL || m.column == NULL || m.y == NULL) {
        status = kith_no_memory(l->err);
        goto out;
    }
    status = place_rows(&m);
    if (status != KITH_OK)
        goto out;
    list_cells(&m, cells);
    place_columns(&m, cells);
    for (size_t first = 0, end; first < ties; first = end) {
        for (end = first + 1; end < ties && cells[end].row == cells[first].row &&
                              cells[end].column == cells[first].column;)
            end++;
        add_cell(&m, cells + first, end - first);
    }
    explain(&m);

out:
    free(cells);
    free(m.rank);
    free(m.column);
    free(m.y);
    return status;
}
