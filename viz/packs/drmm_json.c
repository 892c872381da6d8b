/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm_json.c: the daily pack's pages as JSON, for a page on a screen; pictures are asked for apart. */
#include "kith/drmm.h"

#include <stdlib.h>
#include <string.h>

#include "kith/text.h"

typedef struct writing {
    FILE *out;
    kith_text text;
    kith_status status;
    kith_error *err;
} writing;

static void add_text(writing *w, const char *before, const char *name, const char *value)
{
    kith_text_clear(&w->text);
    kith_text_format(&w->text, "%s\"%s\": ", before, name);
    kith_text_add_json(&w->text, value != NULL ? value : "");
    fputs(kith_text_string(&w->text), w->out);
}

static void add_table(writing *w, const char *name, const kith_table *table)
{
    fprintf(w->out, ",\n \"%s\": ", name);
    if (w->status == KITH_OK && table->column_count > 0)
        w->status = kith_table_write(w->out, NULL, table, KITH_FORMAT_JSON, w->err);
    else
        fputs("null", w->out);
}

static void add_page(writing *w, const kith_dossier *page, const kith_network *network, bool first)
{
    fputs(first ? "\n{" : ",\n{", w->out);
    add_text(w, "", "id", network->things[page->thing].id);
    add_text(w, ", ", "heading", page->heading);
    add_text(w, ", ", "standing", page->standing);
    add_text(w, ", ", "beyond", page->beyond);
    add_table(w, "recent", &page->recent);
    add_table(w, "news", &page->news);
    add_table(w, "conditions", &page->conditions);
    add_table(w, "strengths", &page->strengths);
    add_table(w, "places", &page->places);
    add_table(w, "plan", &page->plan);
    add_table(w, "decisions", &page->decisions);
    add_table(w, "corrected", &page->corrected);
    fputc('}', w->out);
}

/* The agenda as it is printed alone, still open at its end. */
static void add_agenda(writing *w, const kith_table *agenda)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *text = open_memstream(&bytes, &size);

    if (text == NULL) {
        w->status = kith_no_memory(w->err);
        return;
    }
    w->status = kith_table_write(text, NULL, agenda, KITH_FORMAT_JSON, w->err);
    if (fclose(text) != 0 && w->status == KITH_OK)
        w->status = kith_no_memory(w->err);
    if (w->status == KITH_OK)
        fwrite(bytes, 1, size - strlen("}\n"), w->out);
    free(bytes);
}

kith_status kith_drmm_json(FILE *out, const kith_drmm *drmm, const kith_network *network, kith_error *err)
{
    writing w = { .out = out, .err = err };

    add_agenda(&w, &drmm->agenda);
    fputs(",\n \"cards\": [", out);
    for (size_t i = 0; i < drmm->count; i++)
        add_page(&w, &drmm->pages[i], network, i == 0);
    fputc(']', out);
    add_table(&w, "other", &drmm->others);
    add_table(&w, "due", &drmm->due);
    add_table(&w, "adopted", &drmm->adopted);
    add_table(&w, "late", &drmm->late);
    add_table(&w, "rights", &drmm->rights);
    fputs("}\n", out);
    if (w.status == KITH_OK && w.text.failed)
        w.status = kith_no_memory(err);
    if (w.status == KITH_OK && (fflush(out) != 0 || ferror(out)))
        w.status = kith_fail(err, KITH_IO, "the answer could not be written; is the disk full?");
    kith_text_free(&w.text);
    return w.status;
}
