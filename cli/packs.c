/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packs.c: files of packs, and what is said before they are made. */
#include "packs.h"

#include <stdlib.h>
#include <string.h>

#include "seal.h"
#include "kith/language.h"
#include "kith/page.h"

enum { WARNED_MOST = 20 };

static const char *ending(const char *path)
{
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;

    return dot != NULL ? dot : "";
}

bool packs_is_pdf(const kith_call *call)
{
    return strcmp(ending(call_text(call, "output")), ".pdf") == 0;
}

kith_status packs_check(const kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");

    if (call->names == KITH_NAMES_FULL && !call_given(call, "audience"))
        return kith_fail(err, KITH_POLICY,
                         "a pack with full names is made for somebody: say for whom with --audience");
    if (call->audience->names_most == KITH_NAMES_NONE)
        return kith_fail(err, KITH_POLICY,
                         "a page a child is not made for the audience %s, which is given no names; `kith "
                         "nightly` makes the figures of places", call->audience->name);
    if (path != NULL && !packs_is_pdf(call) && strcmp(ending(path), ".html") != 0)
        return kith_fail(err, KITH_USAGE, "%s: the name ends in none of .html .pdf", path);
    return KITH_OK;
}

static kith_status write_one(kith_call *call, const kith_text *bytes, size_t nth, size_t count,
                             kith_error *err)
{
    const char *path = call_text(call, "output");
    const int stem = (int)(ending(path) - path);
    kith_text name = { 0 };
    kith_status status;

    if (count == 1)
        kith_text_add(&name, path);
    else
        kith_text_format(&name, "%.*s-%zu%s", stem, path, nth + 1, ending(path));
    status = kith_text_status(&name, err);
    if (status == KITH_OK)
        status = file_put(name.data, bytes->data, bytes->size, err);
    if (status == KITH_OK && count > 1)
        call_say(call, "%s", name.data);
    kith_text_free(&name);
    return status;
}

static kith_status write_pdf(kith_call *call, const kith_text *html, size_t count, kith_error *err)
{
    kith_text *pdf = calloc(count, sizeof *pdf);
    const kith_progress progress = call_progress_to(call);
    kith_status status = pdf != NULL
                             ? kith_page_pdf(pdf, html, count,
                                             &(kith_page_pdf_options){ .as_of = call->view.as_of,
                                                                       .seconds = 600,
                                                                       .progress = &progress },
                                             err)
                             : kith_no_memory(err);

    call_progress_end(call);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = write_one(call, &pdf[i], i, count, err);
    for (size_t i = 0; pdf != NULL && i < count; i++)
        kith_text_free(&pdf[i]);
    free(pdf);
    return status;
}

kith_status packs_write(kith_call *call, const kith_text *html, size_t count, kith_error *err)
{
    kith_status status = KITH_OK;

    if (packs_is_pdf(call))
        return write_pdf(call, html, count, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = write_one(call, &html[i], i, count, err);
    return status;
}

static void warn_table(const kith_call *call, const kith_terms *terms, const char *of,
                       const kith_table *table, size_t *found)
{
    for (size_t c = 0; c < table->cell_count; c++) {
        kith_wording at = { .text = table->cells[c].missing ? "" : table->cells[c].text };
        while (kith_wording_next(&at, terms))
            if (!at.quoted && ++*found <= WARNED_MOST)
                call_say(call, "%s, %s: \"%.*s\": better \"%s\"", of, table->title, (int)at.size,
                         at.text + at.start, at.instead);
    }
}

kith_status packs_warn(const kith_call *call, const kith_dossier *dossiers, size_t count, kith_error *err)
{
    kith_terms *terms;
    size_t found = 0;
    const kith_status status = kith_terms_read(&terms, NULL, err);

    if (status != KITH_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const kith_dossier *d = &dossiers[i];
        const kith_table *const tables[] = { &d->recent, &d->news, &d->conditions, &d->strengths,
                                             &d->plan, &d->decisions };
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
            warn_table(call, terms, d->heading, tables[t], &found);
    }
    if (found > WARNED_MOST)
        call_say(call, "and %zu more such words; `kith check` lists every record with one", found - WARNED_MOST);
    kith_terms_free(terms);
    return KITH_OK;
}
