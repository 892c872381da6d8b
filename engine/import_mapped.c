/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped.c: an extract is read once for each section of its mapping.
 *
 * A section stands between the reader of the file and the loader of a table: the header
 * it hands on is that of the table, a record it hands on has the line of the extract's,
 * and everything after it is the same code as for a file that came as a table. What
 * concerns the file as a whole is told by the first section that reads it. */
#include <stdlib.h>

#include "import_mapped_private.h"
#include "kith/graphml.h"

/* The bytes end where they cannot be read, which is no fault of form. */
static bool cannot_decode(const mapped *m)
{
    return m->decoder != NULL && mapping_decoder_fault(m->decoder)[0] != '\0';
}

static void take_fault(void *context, size_t line, const char *message)
{
    const mapped *m = context;

    if (!m->file->again && !cannot_decode(m))
        m->handler->fault(m->handler->context, line, message);
}

static void mapped_free(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++) {
        free(m->columns[i].name);
        kith_text_free(&m->columns[i].above);
        mapped_forget(&m->columns[i].seen);
    }
    free(m->columns);
    for (size_t i = 0; i < MAPPING_LINES_MAX; i++) {
        kith_text_free(&m->value[i]);
        mapped_forget(&m->shown[i]);
    }
    kith_text_free(&m->cell);
    free(m);
}

/* What the file has and no column shows. */
static void take_unread(void *context, size_t line, kith_graphml_unread what, const char *message)
{
    const mapped *m = context;
    const bool told = what == KITH_GRAPHML_ROW_LOST ? m->file->rows_again : m->file->again;

    if (!told)
        import_gather(m->load, what == KITH_GRAPHML_ASIDE ? SEVERITY_NOTE : SEVERITY_WARNING, line, "", "%s",
                      message);
}

/* Rows of the file that no section is for. */
static void tell_unread_rows(mapped *m, const uint64_t counts[KITH_GRAPHML_TABLES])
{
    static const char *const names[KITH_GRAPHML_TABLES] = { "nodes", "edges", "hyperedges", "endpoints" };

    for (int rows = 0; rows < KITH_GRAPHML_TABLES && !m->file->again; rows++) {
        bool any = false;
        for (size_t i = 0; i < m->mapping->section_count; i++)
            any |= mapping_section_reads(&m->mapping->sections[i], m->file->path) &&
                   (int)m->mapping->sections[i].rows == rows;
        if (!any && counts[rows] > 0)
            import_fault(m->load, SEVERITY_WARNING, 0, "", "no section of the mapping reads the %s of the file: %llu",
                         names[rows], (unsigned long long)counts[rows]);
    }
}

static kith_status read_graphml(bool *whole, mapped *m, FILE *in, const kith_csv_form *decoded,
                                const kith_csv_handler *handler)
{
    const kith_graphml_form form = { m->section->rows, decoded->read, decoded->context, take_unread, m };
    uint64_t counts[KITH_GRAPHML_TABLES];
    const kith_status status = kith_graphml_read(whole, counts, in, &form, handler, m->load->err);

    if (*whole)
        tell_unread_rows(m, counts);
    return status;
}

static kith_status read_extract(bool *whole, mapped *m, FILE *in)
{
    import_load *load = m->load;
    const kith_csv_handler own = { m, mapped_take_header, mapped_take_record, take_fault };
    kith_csv_form form = { .delimiter = m->mapping->delimiter,
                           .skip_lines = m->mapping->skip_lines,
                           .remedy = "say in [file] of the mapping which encoding it is, as in encoding = CP1252" };
    kith_status status = KITH_OK;

    if (m->mapping->encoding != NULL && !kith_word_same(m->mapping->encoding, "utf-8")) {
        status = mapping_decoder_open(&m->decoder, in, m->mapping->encoding, load->err);
        form.read = mapping_decoder_read;
        form.context = m->decoder;
    }
    if (status == KITH_OK)
        status = m->mapping->graphml ? read_graphml(whole, m, in, &form, &own)
                                     : kith_csv_read_form(whole, in, &form, &own, load->err);
    if (cannot_decode(m)) {
        *whole = false;
        if (!m->file->again)
            import_fault(load, SEVERITY_ERROR, 0, "", "%s", mapping_decoder_fault(m->decoder));
    }
    mapping_decoder_close(m->decoder);
    return status;
}

kith_status import_mapped(bool *whole, import_load *load, const import_file *file, FILE *in,
                          const kith_csv_handler *handler)
{
    mapped *m = calloc(1, sizeof *m);

    *whole = false;
    if (m == NULL)
        return kith_no_memory(load->err);
    m->load = load;
    m->file = file;
    m->mapping = load->mapping;
    m->section = file->section;
    m->handler = handler;
    kith_status status = read_extract(whole, m, in);
    if (status == KITH_OK && (m->no_memory || m->cell.failed))
        status = kith_no_memory(load->err);
    if (status == KITH_OK)
        status = load->status; /* a handler's own failure stopped the reading */
    if (status == KITH_OK && m->column_count > 0 && !file->rows_again)
        mapped_tell_unused(m);
    if (status == KITH_OK && *whole && load->options->dry_run)
        mapped_tell_examples(m);
    mapped_free(m);
    return status;
}
