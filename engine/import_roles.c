/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_roles.c: a role word is never taken at its word.
 *
 * Nobody is a perpetrator by a bare word: only a conviction reference makes
 * convicted_perpetrator stand, everything else is alleged. Whatever is read otherwise
 * than written is named in the report, with the term to use. */
#include <string.h>

#include "import_private.h"

static void tell(import_row *row, const char *word, const char *const words[2], int count,
                 bool known)
{
    import_load *load = row->load;
    char quoted[SHOWN_SIZE];

    if (word[0] == '\0')
        import_gather(load, SEVERITY_NOTE, row->line, "role",
                      "role is blank; it is read as present");
    else if (!known)
        import_gather(load, SEVERITY_WARNING, row->line, "role",
                      "role %s is not a known word; it is kept as written and counts as present",
                      shown(quoted, word));
    else if (count == 2)
        import_gather(load, SEVERITY_NOTE, row->line, "role",
                      "role %s is read as two, %s and %s; write a row for each",
                      shown(quoted, word), words[0], words[1]);
    else if (strcmp(word, words[0]) != 0)
        import_gather(load, SEVERITY_NOTE, row->line, "role", "role %s is read as %s; write that",
                      shown(quoted, word), words[0]);
}

int import_roles(import_row *row, const char *words[2])
{
    const char *word = row->values[PART_ROLE].text;
    const bool convicted = !row->values[PART_CONVICTION].missing;
    const char *alleged = kith_role_word(KITH_ALLEGED_PERPETRATOR);
    char quoted[SHOWN_SIZE];
    kith_role roles[2];
    int count;
    bool known, told = false;

    if (import_is_plain(row->load, PLAIN_ROLE, word)) {
        words[0] = word;
        return 1;
    }
    kith_role_read(word, roles, words, &count, &known);
    if (word[0] == '\0')
        words[0] = kith_role_word(KITH_PRESENT);
    for (int i = 0; i < count && known; i++) {
        if (roles[i] != KITH_CONVICTED_PERPETRATOR || convicted)
            continue;
        words[i] = alleged;
        import_gather(
            row->load, SEVERITY_WARNING, row->line, "role",
            "role %s without a conviction_ref is read as %s; give the reference, or write that",
            shown(quoted, word), alleged);
        told = true;
    }
    if (count == 2 && strcmp(words[0], words[1]) == 0)
        count = 1;
    if (!told || count == 2)
        tell(row, word, words, count, known);
    if (known && count == 1 && roles[0] != KITH_CONVICTED_PERPETRATOR && strcmp(word, words[0]) == 0)
        import_found_plain(row->load, PLAIN_ROLE, word);
    return count;
}
