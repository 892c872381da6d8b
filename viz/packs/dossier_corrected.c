/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_corrected.c: what was corrected, and who had received the earlier picture (R63). */
#include <string.h>

#include "dossier_private.h"
#include "kith/audit.h"

enum { AT = 1, TO = 5 /* columns of the audit's list */, MOMENT = 19 };

/* Whoever the thing was disclosed to before a moment, each once with the last day. */
static void add_recipients(kith_text *out, const kith_table *disclosures, const char *before)
{
    for (size_t r = kith_table_rows(disclosures); r-- > 0;) {
        const kith_cell *c = &disclosures->cells[r * disclosures->column_count];
        if (c[AT].missing || c[TO].missing || strncmp(c[AT].text, before, MOMENT) >= 0 ||
            strstr(kith_text_string(out), c[TO].text) != NULL)
            continue;
        kith_text_format(out, "%s%s (%.10s)", out->size > 0 ? ", " : "", c[TO].text, c[AT].text);
    }
}

kith_status dossier_add_corrected(dossier_work *w, kith_error *err)
{
    const kith_thing *thing = &w->desk->network->things[w->dossier->thing];
    const kith_audit_filter filter = { .id = thing->id, .act = KITH_AUDIT_DISCLOSURE };
    kith_table *table = &w->dossier->corrected, disclosures = { 0 };
    kith_view always = w->desk->network->view;
    kith_text text = { 0 };
    kith_rows *rows;

    *table = (kith_table){ .title = "Corrected since, and who had the earlier picture" };
    kith_table_column(table, "corrected", KITH_CELL_TEXT);
    kith_table_column(table, "on", KITH_CELL_TEXT);
    kith_table_column(table, "tell", KITH_CELL_TEXT);
    always.all_dates = true;
    kith_status status = kith_audit_list(&disclosures, w->desk->store, &always, &filter, err);
    if (status == KITH_OK)
        status = kith_store_read(&rows, w->desk->store, &w->desk->network->view,
                                 KITH_QUERY_DOSSIER_CORRECTED, err);
    if (status == KITH_OK) {
        kith_rows_bind_integer(rows, "row", thing->row.row);
        while (kith_rows_next(rows)) {
            const char *at = kith_rows_text(rows, 2);
            kith_text_clear(&text);
            add_recipients(&text, &disclosures, at);
            if (text.size == 0)
                continue;
            kith_text what = { 0 };
            kith_text_format(&what, "%s: %s", kith_rows_text(rows, 0), kith_rows_text(rows, 1));
            dossier_cell(table, &what);
            kith_text_free(&what);
            kith_table_text(table, at);
            dossier_cell(table, &text);
        }
        status = kith_rows_end(rows, err);
    }
    kith_table_free(&disclosures);
    kith_text_free(&text);
    return status;
}
