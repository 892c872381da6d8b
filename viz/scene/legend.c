/* SPDX-License-Identifier: MIT */
/* legend.c: what a scene's shapes and lines mean, and the same picture as a table.
 *
 * Both are made from the nodes and ties themselves and the rules that fit them, so that they can
 * neither leave out what is drawn nor explain what is not. */
#include <stdlib.h>
#include <string.h>

#include "kith/style.h"

/* Which rules of the style the scene uses, and of a rule of nodes the first node it fits. */
typedef struct usage {
    const kith_style *style;
    bool used[KITH_STYLE_RULES];
    uint32_t like[KITH_STYLE_RULES];
} usage;

static bool decides(const kith_style *style, const kith_style_rule *rule, const kith_style_thing *thing)
{
    for (kith_style_key key = KITH_STYLE_SHAPE; key < KITH_STYLE_LEGEND; key++)
        if (rule->value[key] != NULL && kith_style_decides(style, key, thing) == rule)
            return true;
    return false;
}

/* Asks for one word, as risk: a reader is told of it also where another rule decides the look. */
static bool asks_one_word(const kith_style_rule *rule)
{
    return (rule->kind == KITH_STYLE_NODE || rule->kind == KITH_STYLE_TIE) && rule->must != 0 &&
           (rule->must & (rule->must - 1)) == 0 && rule->value[KITH_STYLE_SAYS] == NULL;
}

static bool gives_nothing(const kith_style_rule *rule)
{
    for (kith_style_key key = KITH_STYLE_SHAPE; key < KITH_STYLE_LEGEND; key++)
        if (rule->value[key] != NULL)
            return false;
    return true;
}

static void use(usage *u, const kith_style_thing *thing, uint32_t index)
{
    for (size_t i = 0; i < u->style->count; i++) {
        const kith_style_rule *rule = &u->style->rules[i];
        if (u->used[i] || rule->value[KITH_STYLE_LEGEND] == NULL || !kith_style_fits(rule, thing) ||
            !(asks_one_word(rule) || gives_nothing(rule) || decides(u->style, rule, thing)))
            continue;
        u->used[i] = true;
        u->like[i] = index;
    }
}

static void use_everything(usage *u, const kith_scene *scene)
{
    kith_style_thing thing;

    for (uint32_t i = 0; i < scene->node_count; i++) {
        thing = kith_style_of_node(&scene->nodes[i]);
        use(u, &thing, i);
    }
    for (uint32_t i = 0; i < scene->tie_count; i++) {
        thing = kith_style_of_tie(&scene->ties[i]);
        use(u, &thing, i);
    }
    for (uint32_t i = 0; i < scene->mark_count; i++) {
        thing = kith_style_of_bar(scene->marks[i].tone, scene->node_count > 0);
        if (scene->marks[i].shape == KITH_DRAW_BAR)
            use(u, &thing, i);
    }
    thing = (kith_style_thing){ .kind = KITH_STYLE_GROUP };
    if (scene->cluster_count > 0)
        use(u, &thing, 0);
}

static bool has_numbers(const kith_scene *scene)
{
    for (size_t i = 0; i < scene->tie_count; i++)
        if (scene->ties[i].numbered)
            return true;
    return false;
}

kith_status kith_scene_legend(kith_legend_row **rows, size_t *count, const kith_scene *scene,
                              kith_error *err)
{
    static const kith_legend_mark marks[] = { KITH_MARK_NODE, KITH_MARK_TIE, KITH_MARK_CLUSTER, KITH_MARK_BAR };
    usage u = { .style = kith_style_of(scene) };
    kith_legend_row *r = calloc(KITH_STYLE_RULES + scene->term_count + 1, sizeof *r);

    *rows = r;
    *count = 0;
    if (r == NULL)
        return kith_no_memory(err);
    use_everything(&u, scene);
    for (size_t i = 0; i < u.style->count; i++)
        if (u.used[i])
            r[(*count)++] = (kith_legend_row){ marks[u.style->rules[i].kind], i, u.like[i],
                                               u.style->rules[i].value[KITH_STYLE_LEGEND] };
    for (size_t i = 0; i < scene->term_count; i++)
        r[(*count)++] = (kith_legend_row){ KITH_MARK_TERM, i, 0, scene->terms[i].meaning };
    if (has_numbers(scene))
        r[(*count)++] =
            (kith_legend_row){ KITH_MARK_NUMBER, 0, 0, "a number alone: the tie's row in the table" };
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
    if (tie->contested)
        add_joined(text, "contested");
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
