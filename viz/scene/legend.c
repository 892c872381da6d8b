/* SPDX-License-Identifier: MIT */
/* legend.c: what a scene's shapes and lines mean, and the same picture as a table.
 *
 * Both are made from the nodes and ties themselves, so that they can neither leave
 * out what is drawn nor explain what is not. */
#include <stdlib.h>
#include <string.h>

#include "kith/scene.h"

static const char *const class_texts[] = {
    "child: under 18 now, or at an event shown",
    "adult",
    "person, age not known",
    "place",
    "group or organisation",
    "object: phone, vehicle, account",
    "event",
};

static const char *const line_texts[] = {
    "tentative: other grades, or ungraded",
    "unconfirmed: graded 1C, 2A or 2B",
    "confirmed: graded 1A or 1B",
};

static const char *const tone_texts[] = {
    "", /* neutral is the plain line */
    "thick: a risk is recorded",
    "double, with +: protective",
};

/* Beside nodes a bar stands for ties. */
static const char *const square_texts[] = { "square, grey: neither risk nor protection is recorded",
                                            "square, dark: a risk is recorded",
                                            "square, striped: protective" };

static const char *const bar_texts[] = {
    "bar, grey: a count",
    "bar, dark: risk",
    "bar, striped: protective",
};

static bool uses_bar(const kith_scene *scene, int tone)
{
    for (size_t i = 0; i < scene->mark_count; i++)
        if (scene->marks[i].shape == KITH_DRAW_BAR && (int)scene->marks[i].tone == tone)
            return true;
    return false;
}

static bool uses_class(const kith_scene *scene, int class)
{
    for (size_t i = 0; i < scene->node_count; i++)
        if ((int)scene->nodes[i].class == class)
            return true;
    return false;
}

static bool uses_focus(const kith_scene *scene)
{
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].focus)
            return true;
    return false;
}

static bool uses_emphasis(const kith_scene *scene)
{
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].emphasis[0] != '\0')
            return true;
    return false;
}

static bool tie_shows(const kith_scene_tie *tie, kith_legend_mark mark, int which)
{
    switch (mark) {
    case KITH_MARK_BARRED:
        return tie->barred;
    case KITH_MARK_NUMBER:
        return tie->numbered;
    case KITH_MARK_INFERRED:
        return tie->inferred && !tie->barred;
    case KITH_MARK_LINE:
        return !tie->barred && !tie->inferred && (int)tie->line == which;
    case KITH_MARK_ARROW:
        return tie->arrow && !tie->inferred && !tie->barred;
    case KITH_MARK_TONE:
        return !tie->barred && (int)tie->tone == which && which != KITH_DRAW_NEUTRAL;
    default:
        return false;
    }
}

static bool uses_tie(const kith_scene *scene, kith_legend_mark mark, int which)
{
    for (size_t i = 0; i < scene->tie_count; i++)
        if (tie_shows(&scene->ties[i], mark, which))
            return true;
    return false;
}

static void add_row(kith_legend_row *rows, size_t *count, bool used, kith_legend_row row)
{
    if (used)
        rows[(*count)++] = row;
}

kith_status kith_scene_legend(kith_legend_row **rows, size_t *count, const kith_scene *scene,
                              kith_error *err)
{
    kith_legend_row *r = calloc(24 + scene->term_count, sizeof *r);

    *rows = r;
    *count = 0;
    if (r == NULL)
        return kith_no_memory(err);
    for (int i = 0; i < KITH_DRAW_CLASSES; i++)
        add_row(r, count, uses_class(scene, i),
                (kith_legend_row){ KITH_MARK_CLASS, i, class_texts[i] });
    add_row(r, count, uses_focus(scene),
            (kith_legend_row){ KITH_MARK_FOCUS, 0, "heavy outline: the map was asked for here" });
    add_row(r, count, uses_emphasis(scene),
            (kith_legend_row){ KITH_MARK_EMPHASIS, 0,
                               "hotspot: a place where children are harmed, by rank" });
    add_row(r, count, scene->cluster_count > 0,
            (kith_legend_row){ KITH_MARK_CLUSTER, 0, "peer group: recorded together, as computed" });
    for (int i = KITH_DRAW_SOLID; i >= KITH_DRAW_DOTTED; i--)
        add_row(r, count, uses_tie(scene, KITH_MARK_LINE, i),
                (kith_legend_row){ KITH_MARK_LINE, i, line_texts[i] });
    add_row(r, count, uses_tie(scene, KITH_MARK_INFERRED, 0),
            (kith_legend_row){ KITH_MARK_INFERRED, 0, "faint: inferred, nobody recorded this tie" });
    add_row(r, count, uses_tie(scene, KITH_MARK_ARROW, 0),
            (kith_legend_row){ KITH_MARK_ARROW, 0, "read the label in the arrow's direction" });
    for (int i = KITH_DRAW_RISK; i <= KITH_DRAW_PROTECTIVE; i++)
        add_row(r, count, uses_tie(scene, KITH_MARK_TONE, i),
                (kith_legend_row){ KITH_MARK_TONE, i, tone_texts[i] });
    add_row(r, count, uses_tie(scene, KITH_MARK_BARRED, 0),
            (kith_legend_row){ KITH_MARK_BARRED, 0,
                               "barred: a condition keeps them apart; not a tie" });
    for (int i = KITH_DRAW_NEUTRAL; i <= KITH_DRAW_PROTECTIVE; i++)
        add_row(r, count, uses_bar(scene, i), (kith_legend_row){ KITH_MARK_BAR, i, (scene->node_count > 0 ? square_texts : bar_texts)[i] });
    for (size_t i = 0; i < scene->term_count; i++)
        add_row(r, count, true,
                (kith_legend_row){ KITH_MARK_TERM, (int)i, scene->terms[i].meaning });
    add_row(r, count, uses_tie(scene, KITH_MARK_NUMBER, 0),
            (kith_legend_row){ KITH_MARK_NUMBER, 0, "a number alone: the tie's row in the table" });
    return KITH_OK;
}

/* One line out of several: "AB; child, 14". */
static void add_joined(kith_text *out, const char *text)
{
    if (out->size > 0 && text[0] != '\0')
        kith_text_add(out, "; ");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            kith_text_add(out, "; ");
        else
            kith_text_add_char(out, *p);
    }
}

/* What a node is called in the table: the first line of its label. */
static void first_line(kith_text *out, const kith_scene_node *node)
{
    kith_text_clear(out);
    kith_text_add_bytes(out, node->label, strcspn(node->label, "\n"));
}

static void node_row(kith_table *table, kith_text *text, const kith_scene *scene,
                     const kith_scene_node *node)
{
    const char *rest = strchr(node->label, '\n');

    kith_table_missing(table);
    kith_table_text(table, kith_scene_class_word(node->class));
    first_line(text, node);
    kith_table_text(table, kith_text_string(text));
    kith_table_missing(table);
    kith_table_missing(table);
    kith_text_clear(text);
    add_joined(text, rest != NULL ? rest + 1 : "");
    add_joined(text, node->badges);
    add_joined(text, node->emphasis);
    if (node->cluster != KITH_NO_CLUSTER)
        add_joined(text, scene->clusters[node->cluster].label);
    kith_table_text(table, kith_text_string(text));
    kith_table_missing(table);
}

static void tie_row(kith_table *table, kith_text *text, const kith_scene *scene, size_t index)
{
    const kith_scene_tie *tie = &scene->ties[index];

    kith_table_integer(table, (int64_t)index + 1);
    kith_table_text(table, tie->barred ? "condition" : tie->inferred ? "inferred tie" : "tie");
    first_line(text, &scene->nodes[tie->from]);
    kith_table_text(table, kith_text_string(text));
    first_line(text, &scene->nodes[tie->to]);
    kith_table_text(table, kith_text_string(text));
    kith_table_text(table, tie->barred ? "barred" : kith_scene_line_word(tie->line));
    kith_text_clear(text);
    add_joined(text, tie->label);
    if (tie->tone != KITH_DRAW_NEUTRAL)
        add_joined(text, kith_scene_tone_word(tie->tone));
    kith_table_text(table, kith_text_string(text));
    kith_text_clear(text);
    add_joined(text, tie->basis);
    kith_table_text(table, text->size > 0 ? kith_text_string(text) : NULL);
}

static void mark_row(kith_table *table, kith_text *text, const kith_scene_mark *mark)
{
    kith_table_missing(table);
    kith_table_text(table, kith_scene_shape_word(mark->shape));
    kith_table_missing(table);
    kith_table_missing(table);
    kith_table_text(table, mark->shape == KITH_DRAW_RULE ? kith_scene_line_word(mark->line) : NULL);
    kith_text_clear(text);
    add_joined(text, mark->text);
    if (mark->tone != KITH_DRAW_NEUTRAL)
        add_joined(text, kith_scene_tone_word(mark->tone));
    kith_table_text(table, kith_text_string(text));
    kith_table_missing(table);
}

static void add_lines_as_notes(kith_table *table, const char *text)
{
    while (text != NULL && *text != '\0') {
        const int length = (int)strcspn(text, "\n");
        kith_table_note(table, "%.*s", length, text);
        text += length + (text[length] == '\n');
    }
}

void kith_scene_table(kith_table *table, const kith_scene *scene)
{
    kith_text text = { 0 };

    table->title = scene->title;
    table->empty = "Nothing is recorded here in the window.";
    kith_table_column(table, "number", KITH_CELL_INTEGER);
    kith_table_column(table, "what", KITH_CELL_TEXT);
    kith_table_column(table, "from", KITH_CELL_TEXT);
    kith_table_column(table, "to", KITH_CELL_TEXT);
    kith_table_column(table, "line", KITH_CELL_TEXT);
    kith_table_column(table, "label", KITH_CELL_TEXT);
    kith_table_column(table, "basis", KITH_CELL_TEXT);
    for (size_t i = 0; i < scene->node_count; i++)
        node_row(table, &text, scene, &scene->nodes[i]);
    for (size_t i = 0; i < scene->tie_count; i++)
        tie_row(table, &text, scene, i);
    for (size_t i = 0; i < scene->mark_count; i++)
        if (scene->marks[i].text[0] != '\0' && !scene->marks[i].echo)
            mark_row(table, &text, &scene->marks[i]);
    add_lines_as_notes(table, scene->header);
    add_lines_as_notes(table, scene->footer);
    if (text.failed)
        table->failed = true;
    kith_text_free(&text);
}
