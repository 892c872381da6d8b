/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_pdf.c: pages printed by WeasyPrint.
 *
 * WeasyPrint is a library of Python; viz/page_pdf.py, which the interpreter gets as an
 * argument, limits it, confines it (Landlock, seccomp) and refuses it every address. The environment is ours alone, so that
 * neither a locale nor a folder of the user's can change a byte. */
#include <sodium.h>
#include <stdio.h>

#include "child.h"
#include "kith/parallel.h"
#include "page_pdf_data.h"
#include "page_private.h"

enum { NOT_INSTALLED = 9, /* exit code of page_pdf.py */ SIDE_BY_SIDE = 2 };

static const char python[] = "/usr/bin/python3";
static const char remedy[] = "install the package weasyprint, or write .html and print that";

typedef struct printing {
    kith_text *pdf;
    const kith_text *html;
    const kith_page_pdf_options *options;
    const char *python;
} printing;

static kith_status judge(const child_end *end, int seconds, const kith_text *pdf,
                         const kith_text *said, kith_error *err)
{
    if (end->late)
        return kith_fail(err, KITH_INTERNAL,
                         "printing took longer than %d seconds; print fewer pages at once, or "
                         "write .html",
                         seconds);
    if (end->code == NOT_INSTALLED)
        return kith_fail(err, KITH_IO, "WeasyPrint, which makes the PDF, is not here: %s", remedy);
    if (end->code != 0 || pdf->size == 0)
        return kith_fail(err, KITH_INTERNAL,
                         "WeasyPrint failed (%s %d): %.400s; write .html and print that",
                         end->code < 0 ? "signal" : "exit code",
                         end->code < 0 ? -end->code : end->code, kith_text_string(said));
    return kith_text_status(pdf, err);
}

static void name_page(char *identifier, size_t size, const kith_text *html)
{
    unsigned char digest[16];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)html->data, html->size, NULL,
                       0);
    sodium_bin2hex(identifier, size, digest, sizeof digest);
}

static kith_status print_one(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const printing *p = context;
    const kith_text *html = &p->html[piece];
    char identifier[33], limit[32], epoch[64];
    char *environment[] = { "PATH=/usr/bin:/bin",
                            "LC_ALL=C.UTF-8",
                            "TZ=UTC",
                            "HOME=/nonexistent",
                            "PYTHONHASHSEED=0",
                            epoch,
                            NULL };
    char *words[] = {
        (char *)p->python, "-s",  "-P", "-B", "-c", (char *)kith_page_pdf_data[0].bytes,
        identifier,        limit, NULL
    };
    const child_call call = { .path = p->python,
                              .words = words,
                              .environment = environment,
                              .bytes = html->data,
                              .size = html->size,
                              .seconds = p->options->seconds > 0 ? p->options->seconds : 120 };
    kith_text said = { 0 };
    child_end end;

    (void)worker;
    name_page(identifier, sizeof identifier, html);
    snprintf(limit, sizeof limit, "%d", call.seconds);
    snprintf(epoch, sizeof epoch, "SOURCE_DATE_EPOCH=%lld", (long long)p->options->as_of * 86400);
    kith_status status = child_run(&end, &p->pdf[piece], &said, &call, NULL);
    if (status == KITH_IO)
        status = kith_fail(err, KITH_IO, "%s, which makes the PDF, cannot be started: %s",
                           p->python, remedy);
    else
        status = judge(&end, call.seconds, &p->pdf[piece], &said, err);
    kith_text_free(&said);
    return status;
}

kith_status page_pdf_by(kith_text *pdf, const kith_text *html, size_t count,
                        const kith_page_pdf_options *options, const char *interpreter,
                        kith_error *err)
{
    printing p = { pdf, html, options, interpreter };
    const kith_parallel job = { .task = print_one,
                                .context = &p,
                                .pieces = count,
                                .what = "printing",
                                .progress = options->progress };
    const unsigned workers = kith_parallel_workers(count);

    for (size_t i = 0; i < count; i++)
        pdf[i] = (kith_text){ 0 };
    return kith_parallel_run(&job, workers < SIDE_BY_SIDE ? workers : SIDE_BY_SIDE, err);
}

kith_status kith_page_pdf(kith_text *pdf, const kith_text *html, size_t count,
                          const kith_page_pdf_options *options, kith_error *err)
{
    return page_pdf_by(pdf, html, count, options, python, err);
}
