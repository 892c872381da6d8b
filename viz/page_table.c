/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_table.c: a table as HTML, with what its printed form says around it. */
#include "page_private.h"

enum { LONG_WORD = 24 }; /* characters */

static void add_heading_row(kith_page *page, const kith_table *table)
{
    kith_text *html = &page->html;

    kith_text_add(html, "<thead>\n<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        kith_text_add(html, "<th scope=\"col\">");
        for (const char *name = table->columns[c].name; *name != '\0'; name++) {
            const char one[] = { *name == '_' ? ' ' : *name, '\0' };
            kith_text_add_xml(html, one);
        }
        kith_text_add(html, "</th>");
    }
    kith_text_add(html, "</tr>\n</thead>\n");
}

/* A word that would make its column too wide may be broken anywhere. To allow that in every
 * cell makes printing slow, because each letter is then measured. */
static bool has_long_word(const char *text)
{
    size_t size = 0;

    for (; *text != '\0' && size <= LONG_WORD; text++)
        size = *text == ' ' || *text == '\n' ? 0 : size + ((*text & 0xC0) != 0x80);
    return size > LONG_WORD;
}

/* What a row of kith_scene_table is of: a node's id, a tie's; nothing for a mark. */
static void add_id(kith_text *out, const kith_scene *scene, size_t row)
{
    kith_text_clear(out);
    if (row < scene->node_count)
        kith_text_add(out, scene->nodes[row].id);
    else if (row < scene->node_count + scene->tie_count)
        kith_text_format(out, "_tie%zu", row - scene->node_count + 1);
}

static void begin_row(kith_page *page, kith_text *id)
{
    if (id->size > 0)
        kith_text_format(&page->html, "<tr id=\"r%u-%s\">", page->pictures, id->data);
    else
        kith_text_add(&page->html, "<tr>");
}

static void add_row(kith_page *page, const kith_table *table, size_t row, kith_text *cell,
                    kith_text *id)
{
    kith_text *html = &page->html;

    begin_row(page, id);
    for (size_t c = 0; c < table->column_count; c++) {
        kith_table_cell(cell, table, row * table->column_count + c, true);
        const char *class = table->columns[c].type != KITH_CELL_TEXT ? " class=\"number\""
                            : has_long_word(kith_text_string(cell))  ? " class=\"long\""
                                                                     : "";
        kith_text_format(html, "<%s%s>", c == 0 ? "th scope=\"row\"" : "td", class);
        if (c == 1 && id->size > 0)
            kith_text_format(html, "<a href=\"#p%u-%s\">", page->pictures, id->data);
        kith_text_add_xml(html, kith_text_string(cell));
        kith_text_add(html, c == 1 && id->size > 0 ? "</a>" : "");
        kith_text_add(html, c == 0 ? "</th>" : "</td>");
    }
    kith_text_add(html, "</tr>\n");
}

static void add_rows(kith_page *page, const kith_table *table, const kith_scene *scene)
{
    kith_text cell = { 0 }, id = { 0 };

    kith_text_add(&page->html, "<table>\n");
    if (table->title != NULL)
        page_element(&page->html, "caption", table->title);
    add_heading_row(page, table);
    kith_text_add(&page->html, "<tbody>\n");
    for (size_t row = 0; row < kith_table_rows(table); row++) {
        if (scene != NULL)
            add_id(&id, scene, row);
        add_row(page, table, row, &cell, &id);
    }
    kith_text_add(&page->html, "</tbody>\n</table>\n");
    page->html.failed = page->html.failed || cell.failed || id.failed;
    kith_text_free(&cell);
    kith_text_free(&id);
}

void page_add_table(kith_page *page, const kith_table *table, const kith_scene *scene)
{
    const bool empty = kith_table_rows(table) == 0 && table->empty != NULL;

    page->html.failed = page->html.failed || table->failed;
    if (page->html.failed)
        return;
    kith_page_facts(page, (const char *const *)table->fact_keys,
                    (const char *const *)table->fact_values, table->fact_count);
    if (empty)
        kith_page_paragraph(page, table->empty);
    else if (table->column_count > 0)
        add_rows(page, table, scene);
    kith_page_list(page, (const char *const *)table->notes, table->note_count);
}

void kith_page_table(kith_page *page, const kith_table *table)
{
    page_add_table(page, table, NULL);
}
