/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped_rows.c: which rows of an extract are rows of the section's table.
 *
 * Blank rows, totals and rows like an earlier one are passed over and told; merged cells are
 * filled; a row that the section's condition does not take is another section's. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "import_mapped_private.h"

static bool row_is_blank(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++)
        if (mapped_column_name(m, m->record->fields[i])[0] != '\0')
            return false;
    return true;
}

/* The first cell that is filled begins with one of the words of ignore_rows. */
static bool row_is_ignored(mapped *m)
{
    const mapping_words *words = &m->mapping->ignore_rows;
    const char *first = "";
    char quoted[SHOWN_SIZE], begin[64];

    for (size_t i = 0; i < m->column_count && first[0] == '\0'; i++)
        first = mapped_column_name(m, m->record->fields[i]);
    for (size_t i = 0; i < words->count; i++) {
        const size_t size = strlen(words->from[i]);
        if (size >= sizeof begin || strlen(first) < size)
            continue;
        memcpy(begin, first, size);
        begin[size] = '\0';
        if (!kith_word_same(begin, words->from[i]))
            continue;
        if (!m->file->rows_again)
            import_gather(m->load, SEVERITY_NOTE, m->record->line, "",
                          "the row begins with %s; it is passed over, as ignore_rows says",
                          shown(quoted, first));
        return true;
    }
    return false;
}

/* A digest of the record's columns, all of them or those of row_key, for this section. */
static bool digest_row(mapped *m, unsigned char digest[KITH_DIGEST_SIZE], bool key)
{
    kith_text *all = &m->load->scratch;

    kith_text_clear(all);
    for (size_t i = 0; i < m->column_count; i++) {
        if (key && !m->columns[i].key)
            continue;
        kith_text_add_bytes(all, m->columns[i].name, strlen(m->columns[i].name) + 1);
        kith_text_add_bytes(all, m->record->fields[i], strlen(m->record->fields[i]) + 1);
    }
    kith_text_add_char(all, key ? 'k' : 'r');
    if (all->failed)
        return import_goes_on(m->load, kith_no_memory(m->load->err));
    crypto_generichash(digest, KITH_DIGEST_SIZE, (const unsigned char *)all->data, all->size, NULL, 0);
    return true;
}

/* Counts the record among its equals in this call, for this section. */
static bool count_row(mapped *m, uint32_t *nth, unsigned char digest[KITH_DIGEST_SIZE])
{
    digest[KITH_DIGEST_SIZE - 1] ^= (unsigned char)(m->section - m->mapping->sections);
    return kith_tally_add(nth, &m->load->extract_rows, digest) ||
           import_goes_on(m->load, kith_no_memory(m->load->err));
}

/* Names the record by its content, and by which of its equals it is. */
static bool name_row(mapped *m)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if (!digest_row(m, digest, true))
        return false;
    for (size_t i = 0; i < 12; i++)
        snprintf(m->row_id + 2 * i, 3, "%02x", digest[i]);
    if (!count_row(m, &nth, digest))
        return false;
    if (nth > 1)
        snprintf(m->row_id + 24, sizeof m->row_id - 24, "-%u", nth);
    return true;
}

static bool is_repeated(mapped *m)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth = 0;

    if (m->mapping->keep_equal_rows || !digest_row(m, digest, false) || !count_row(m, &nth, digest) ||
        nth == 1)
        return false;
    if (!m->file->rows_again)
        import_gather(m->load, SEVERITY_WARNING, m->record->line, "",
                      "the row is like an earlier one in every column; it is read once");
    return true;
}

static void fill_down(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++) {
        if (!m->columns[i].filled_down)
            continue;
        const char *text = mapped_column_name(m, m->record->fields[i]);
        if (text[0] == '\0') {
            if (!m->file->rows_again)
                import_gather(m->load, SEVERITY_NOTE, m->record->line, m->columns[i].name,
                              "the cell is blank; it is filled from the row above, as fill_down says");
            continue;
        }
        kith_text_clear(&m->columns[i].above);
        kith_text_add(&m->columns[i].above, text);
        m->no_memory |= m->columns[i].above.failed;
    }
}

static bool when_holds(mapped *m, const mapping_section *section)
{
    const int place = m->when_place[section - m->mapping->sections];
    const char *text = place >= 0 ? mapped_cell(m, (size_t)place) : "";

    if (section->when == NULL)
        return true;
    if (section->when_values.count == 0)
        return text[0] != '\0';
    const bool listed = mapping_words_find(&section->when_values, text) < section->when_values.count;
    return listed != section->when_not;
}

/* A row that is of no section is told, with what the first condition made of it. */
static void look_for_section(mapped *m)
{
    const mapping_section *first = NULL;
    char quoted[SHOWN_SIZE];

    if (m->all_taken || m->file->rows_again)
        return;
    for (size_t s = 0; s < m->mapping->section_count; s++) {
        const mapping_section *section = &m->mapping->sections[s];
        if (!mapping_section_reads(section, m->file->path) || section->rows != m->section->rows)
            continue;
        if (when_holds(m, section))
            return;
        if (first == NULL)
            first = section;
    }
    const int place = m->when_place[first - m->mapping->sections];
    import_gather(m->load, SEVERITY_WARNING, m->record->line, "when",
                  "no section of the mapping is for a row whose %s is %s; it is not loaded",
                  first->when_column.text, shown(quoted, place >= 0 ? mapped_cell(m, (size_t)place) : ""));
}

bool mapped_take_record(void *context, const kith_csv_record *record)
{
    mapped *m = context;

    m->record = record;
    if (row_is_blank(m)) {
        if (!m->file->rows_again)
            import_gather(m->load, SEVERITY_NOTE, record->line, "",
                          "the row has nothing in it; it is passed over");
        return m->load->status == KITH_OK;
    }
    if (row_is_ignored(m))
        return m->load->status == KITH_OK;
    mapped_look_at_unused(m);
    fill_down(m);
    if (is_repeated(m))
        return m->load->status == KITH_OK;
    if (m->names_rows && !name_row(m))
        return false;
    look_for_section(m);
    return when_holds(m, m->section) && m->load->status == KITH_OK ? mapped_hand_on(m) : m->load->status == KITH_OK;
}
