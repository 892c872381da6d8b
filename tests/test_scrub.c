/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in sentences, as people write them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "kith/scrub.h"

static kith_error err;

static kith_scrub *names(void)
{
    kith_scrub *scrub = kith_scrub_new();

    kith_scrub_add(scrub, "Wrackline Park", NULL, false);
    kith_scrub_add(scrub, "Tamsin Quillmarsh", "TQ", false);
    kith_scrub_add(scrub, "Tamsin", "TQ", true);
    kith_scrub_add(scrub, "Quillmarsh", "TQ", true);
    kith_scrub_add(scrub, "Zo\xC3\xAB O'Brien", "ZO", false);
    kith_scrub_add(scrub, "Will", "WG", true);
    kith_scrub_add(scrub, "Park", "JP", true);
    kith_scrub_add(scrub, "3 Mussel Row", "home", false);
    kith_scrub_add(scrub, "07700 900127", "phone", false);
    cr_assert(eq(int, kith_scrub_end(scrub, &err), KITH_OK));
    return scrub;
}

Test(scrub, takes_names_out_of_sentences)
{
    static const char *const cases[][2] = {
        { "Tamsin was seen", "TQ was seen" },
        { "seen with tamsin  quillmarsh, at 3 Mussel Row.", "seen with TQ, at home." },
        { "TAMSIN QUILLMARSH", "TQ" },
        { "Tamsin's phone; Quillmarsh\xE2\x80\x99s coat", "TQ's phone; TQ\xE2\x80\x99s coat" },
        { "zoe obrien and Zo\xC3\xAB O\xE2\x80\x99" "Brien", "ZO and ZO" },
        { "she will go; Will goes", "she will go; WG goes" },
        { "in Wrackline Park with Park", "in Wrackline Park with JP" },
        { "Tamsinia and Quill-marsh", "Tamsinia and Quill-marsh" },
        { "(Tamsin)-Quillmarsh", "(TQ" },
        { "rang 07700-900127 twice", "rang phone twice" },
        { "", "" },
        { "...", "..." },
        { "Tamsin", "TQ" },
    };
    kith_scrub *scrub = names();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_text out = { 0 };
        kith_scrub_text(&out, scrub, cases[i][0]);
        cr_expect(eq(str, (char *)kith_text_string(&out), (char *)cases[i][1]), "%zu", i);
        kith_text_free(&out);
    }
    kith_scrub_free(scrub);
}

Test(scrub, a_phrase_that_memory_failed_is_remembered)
{
    kith_scrub *scrub = kith_scrub_new();

    kith_scrub_add(scrub, NULL, NULL, false);
    cr_expect(eq(int, kith_scrub_end(scrub, &err), KITH_NO_MEMORY));
    kith_scrub_free(scrub);
}

Test(scrub, without_phrases_a_text_stays)
{
    kith_scrub *scrub = kith_scrub_new();
    kith_text out = { 0 };

    kith_scrub_add(scrub, " .,", "x", false);
    cr_assert(eq(int, kith_scrub_end(scrub, &err), KITH_OK));
    kith_scrub_text(&out, scrub, "Tamsin, \n \xF0\x9F\x8C\x8A");
    cr_expect(eq(str, out.data, "Tamsin, \n \xF0\x9F\x8C\x8A"));
    kith_text_free(&out);
    kith_scrub_free(scrub);
    kith_scrub_free(NULL);
}
