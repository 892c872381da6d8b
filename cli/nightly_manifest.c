/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_manifest.c: of what a night's files were made, so that it can be repeated and a
 * changed byte is noticed. It has no time of day: the same night twice gives the same bytes. */
#include <sodium.h>
#include <string.h>

#include "kith/date.h"
#include "kith/drawing.h"
#include "kith/libraries.h"
#include "nightly.h"

/* What was given for the night: a digest, or null without a file. */
static void add_digest(kith_text *out, const char *name, const char *sha256)
{
    kith_text_format(out, ", \"%s\": ", name);
    if (sha256[0] != '\0')
        kith_text_add_json(out, sha256);
    else
        kith_text_add(out, "null");
}

static void add_parameters(kith_text *out, const night *n)
{
    const night_config *c = n->config;
    char date[KITH_TIME_SIZE], as_of[KITH_TIME_SIZE], last[KITH_TIME_SIZE] = "";

    kith_day_write(date, n->date);
    kith_day_write(as_of, n->date - 1);
    if (n->last.day != INT32_MIN)
        kith_day_write(last, n->last.day);
    kith_text_format(out, "\"night\": \"%s\", \"as_of\": \"%s\", \"window_days\": %lld, \"seed\": %lld, \"resamples\": %lld",
                     date, as_of, (long long)c->window, (long long)c->seed, (long long)c->resamples);
    kith_text_format(out, ",\n \"hub_load\": %lld, \"compared_night\": \"%s\", \"compared_load\": %lld", (long long)n->load,
                     last, (long long)n->last.load);
    add_digest(out, "configuration_sha256", n->config_sha256);
    add_digest(out, "outlines_sha256", n->outlines_sha256);
    add_digest(out, "policy_sha256", n->policy_sha256);
}

/* Beside Kith the libraries that a figure may depend on, and what drew the map. */
static void add_versions(kith_text *out)
{
    kith_library list[KITH_LIBRARIES_MOST];
    kith_text draw = { 0 };
    const size_t count = kith_libraries(list);

    kith_text_add(out, "{\"kith\": \"" KITH_VERSION "\", \"libraries\": {");
    for (size_t i = 0; i < count; i++) {
        kith_text_add(out, i > 0 ? ", " : "");
        kith_text_add_json(out, list[i].name);
        kith_text_add(out, ": ");
        kith_text_add_json(out, list[i].version);
    }
    kith_text_add(out, "}, \"pictures\": ");
    if (kith_drawing_version(&draw, NULL) != KITH_OK)
        kith_text_clear(&draw); /* there is no map then, and the page says why */
    kith_text_add_json(out, kith_text_string(&draw));
    kith_text_add(out, ",\n ");
    kith_text_free(&draw);
}

static void add_input(kith_text *out, const night_load *load, const night_input *input, bool first)
{
    const char *slash = strrchr(input->path, '/');

    kith_text_add(out, first ? "\n  {\"source\": " : ",\n  {\"source\": ");
    kith_text_add_json(out, load->source->name);
    kith_text_add(out, ", \"file\": ");
    kith_text_add_json(out, slash != NULL ? slash + 1 : input->path);
    kith_text_format(out, ", \"bytes\": %lld", (long long)input->size);
    add_digest(out, "sha256", input->sha256);
    kith_text_add(out, "}");
}

/* As they were before their loads. */
static void add_inputs(kith_text *out, const night *n)
{
    bool first = true;

    kith_text_add(out, ",\n \"inputs\": [");
    for (size_t i = 0; i < n->config->source_count; i++)
        for (size_t k = 0; k < n->loads[i].inputs.count; k++, first = false)
            add_input(out, &n->loads[i], &n->loads[i].inputs.files[k], first);
    kith_text_add(out, "]");
}

static void add_states(kith_text *out, const night *n)
{
    kith_text_add(out, ",\n \"sources\": [");
    for (size_t i = 0; i < n->config->source_count; i++) {
        const night_load *load = &n->loads[i];
        kith_text_add(out, i > 0 ? ",\n  {\"source\": " : "\n  {\"source\": ");
        kith_text_add_json(out, load->source->name);
        kith_text_format(out, ", \"loaded\": %s, \"load\": %lld, \"changed_meanwhile\": %s}",
                         load->status == KITH_OK ? "true" : "false", (long long)load->report.batch,
                         load->changed ? "true" : "false");
    }
    kith_text_add(out, "]");
}

static void add_files(kith_text *out, const night *n)
{
    char hex[65];

    kith_text_add(out, ",\n \"files\": [");
    for (size_t i = 0; i < n->file_count; i++) {
        sodium_bin2hex(hex, sizeof hex, n->files[i].digest, sizeof n->files[i].digest);
        kith_text_add(out, i > 0 ? ",\n  {\"file\": " : "\n  {\"file\": ");
        kith_text_add_json(out, n->files[i].path);
        kith_text_format(out, ", \"bytes\": %zu, \"sha256\": \"%s\"}", n->files[i].size, hex);
    }
    kith_text_add(out, "]}\n");
}

/* The digests of the files and of the manifest as `sha256sum -c` reads them. */
static kith_status write_sums(night *n, kith_error *err)
{
    kith_text out = { 0 };
    char hex[65];

    for (size_t i = 0; i < n->file_count; i++) {
        sodium_bin2hex(hex, sizeof hex, n->files[i].digest, sizeof n->files[i].digest);
        kith_text_format(&out, "%s  %s\n", hex, n->files[i].path);
    }
    kith_status status = kith_text_status(&out, err);
    if (status == KITH_OK)
        status = night_write(n, "", "SHA256SUMS", out.data, out.size, err);
    kith_text_free(&out);
    return status;
}

kith_status night_manifest(night *n, kith_error *err)
{
    kith_text out = { 0 };

    add_versions(&out);
    add_parameters(&out, n);
    add_states(&out, n);
    add_inputs(&out, n);
    add_files(&out, n);
    kith_status status = kith_text_status(&out, err);
    if (status == KITH_OK)
        status = night_write(n, "", "manifest.json", out.data, out.size, err);
    kith_text_free(&out);
    return status == KITH_OK ? write_sums(n, err) : status;
}
