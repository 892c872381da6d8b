/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.c: `kith style`, and --style of commands that draw. */
#include "style.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "kith/language.h"

static kith_status read_bytes(kith_text *bytes, const char *path, kith_error *err)
{
    char piece[4096];
    size_t size;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_IO, "%.200s cannot be read: %s", path, strerror(errno));
    while (bytes->size <= KITH_STYLE_SIZE + sizeof piece && (size = fread(piece, 1, sizeof piece, in)) > 0)
        kith_text_add_bytes(bytes, piece, size);
    const bool failed = ferror(in);
    fclose(in);
    if (failed)
        return kith_fail(err, KITH_IO, "%.200s cannot be read to its end; is it a file?", path);
    return kith_text_status(bytes, err);
}

/* A legend is read across a table: it blames nobody. */
static kith_status check_language(const kith_style *style, const char *path, kith_error *err)
{
    kith_terms *terms;
    kith_status status = kith_terms_read(&terms, NULL, err);

    for (size_t i = 0; status == KITH_OK && i < style->count; i++) {
        const kith_style_rule *rule = &style->rules[i];
        kith_wording found = { .text = rule->value[KITH_STYLE_LEGEND] };
        if (found.text != NULL && kith_wording_next(&found, terms))
            status = kith_fail(err, KITH_INPUT, "%.200s:%d: legend says \"%.*s\"; better \"%.80s\"", path,
                               rule->lines[KITH_STYLE_LEGEND], (int)found.size, found.text + found.start,
                               found.instead);
    }
    kith_terms_free(terms);
    return status;
}

kith_status style_load(kith_style *style, const char *path, kith_error *err)
{
    kith_text bytes = { 0 };

    kith_status status = read_bytes(&bytes, path, err);
    if (status == KITH_OK)
        status = kith_style_read(style, path, kith_text_string(&bytes), bytes.size, err);
    if (status == KITH_OK)
        status = check_language(style, path, err);
    kith_text_free(&bytes);
    return status;
}

kith_status style_wear(const kith_call *call, kith_scene *scene, kith_error *err)
{
    if (!call_given(call, "style") || scene->style != NULL)
        return KITH_OK;
    kith_style *style = malloc(sizeof *style);
    kith_status status =
        style != NULL ? style_load(style, call_text(call, "style"), err) : kith_no_memory(err);
    if (status == KITH_OK) {
        kith_style_set(scene, style);
        status = kith_scene_status(scene, err);
    }
    free(style);
    return status;
}

/* "shape ellipse, fill #d3eafa": what a rule decides. */
static void add_properties(kith_text *out, const kith_style_rule *rule)
{
    kith_text_clear(out);
    for (kith_style_key key = KITH_STYLE_SHAPE; key < KITH_STYLE_LEGEND; key++)
        if (rule->value[key] != NULL)
            kith_text_format(out, "%s%s %s", out->size > 0 ? ", " : "", kith_style_key_word(key), rule->value[key]);
}

static void add_rule(kith_table *table, kith_text *text, const kith_style_rule *rule)
{
    kith_table_integer(table, rule->line);
    kith_text_clear(text);
    kith_text_format(text, "%s%s%s", kith_style_kind_word(rule->kind), rule->name[0] != '\0' ? " " : "", rule->name);
    kith_table_text(table, kith_text_string(text));
    kith_table_text(table, rule->value[KITH_STYLE_WHEN]);
    kith_table_text(table, rule->value[KITH_STYLE_SAYS]);
    add_properties(text, rule);
    kith_table_text(table, text->size > 0 ? kith_text_string(text) : NULL);
    kith_table_text(table, rule->value[KITH_STYLE_LEGEND]);
}

static kith_status print_rules(kith_call *call, const kith_style *style, kith_error *err)
{
    static const char *const columns[] = { "rule", "when", "says", "decides", "legend" };
    kith_table table = { .empty = "The style has no rules." };
    kith_text text = { 0 };

    kith_table_column(&table, "line", KITH_CELL_INTEGER);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(&table, columns[i], KITH_CELL_TEXT);
    for (size_t i = 0; i < style->count; i++)
        add_rule(&table, &text, &style->rules[i]);
    table.failed = table.failed || text.failed;
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_text_free(&text);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    if (call->operand_count == 0) {
        if (fputs(kith_style_own()->source, call->out) < 0)
            return kith_fail(err, KITH_IO, "the style could not be written; is the disk full?");
        return KITH_OK;
    }
    kith_style *style = malloc(sizeof *style);
    kith_status status = style != NULL ? style_load(style, call->operands[0], err) : kith_no_memory(err);
    if (status == KITH_OK)
        status = print_rules(call, style, err);
    free(style);
    return status;
}

const kith_command command_style = {
    .name = "style",
    .summary = "how pictures look: Kith's own rules to copy, or a check of a team's",
    .operands = "[FILE]",
    .least = 0,
    .most = 1,
    .hub = HUB_NONE,
    .about = "Shapes, colours, widths and the words of the legend are a file of rules. Without FILE prints\n"
             "Kith's own, to copy and change; with FILE checks one and shows its rules, or says where it\n"
             "cannot stand. map, weigh, hotspots and outcomes draw with it by --style FILE.\n"
             "What keeps a picture honest no file can change: a child has one shape whatever is said of\n"
             "them, a weak, inferred or contested tie is never solid, a condition is never a tie, and all\n"
             "words can be read in grey. docs/style.md has every word.",
    .example = "kith style -o team.ini\n"
               "kith style team.ini\n"
               "kith map P001 --style team.ini -o p001.svg",
    .run = run,
};
