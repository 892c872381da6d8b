/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_table.c: a table as HTML, with what its printed form says around it. */
#include "page_private.h"

enum { LONG_WORD = 24 }; /* bytes */

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
        size = *text == ' ' || *text == '\n' ? 0 : size + 1;
    return size > LONG_WORD;
}

static void add_row(kith_page *page, const kith_table *table, size_t row, kith_text *cell)
{
    kith_text *html = &page->html;

    kith_text_add(html, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        kith_table_cell(cell, table, row * table->column_count + c, true);
        const char *class = table->columns[c].type != KITH_CELL_TEXT ? " class=\"number\""
                            : has_long_word(kith_text_string(cell))  ? " class=\"long\""
                                                                     : "";
        kith_text_format(html, "<%s%s>", c == 0 ? "th scope=\"row\"" : "td", class);
        kith_text_add_xml(html, kith_text_string(cell));
        kith_text_add(html, c == 0 ? "</th>" : "</td>");
    }
    kith_text_add(html, "</tr>\n");
}

static void add_rows(kith_page *page, const kith_table *table)
{
    kith_text cell = { 0 };

    kith_text_add(&page->html, "<table>\n");
    if (table->title != NULL)
        page_element(&page->html, "caption", table->title);
    add_heading_row(page, table);
    kith_text_add(&page->html, "<tbody>\n");
    for (size_t row = 0; row < kith_table_rows(table); row++)
        add_row(page, table, row, &cell);
    kith_text_add(&page->html, "</tbody>\n</table>\n");
    page->html.failed = page->html.failed || cell.failed;
    kith_text_free(&cell);
}

void kith_page_table(kith_page *page, const kith_table *table)
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
        add_rows(page, table);
    kith_page_list(page, (const char *const *)table->notes, table->note_count);
}
