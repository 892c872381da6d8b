/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asset.c: the page, as it is embedded in the program. It holds nothing of the hub. */
#include <sodium.h>
#include <string.h>

#include "serve_private.h"
#include "viewer.h"

static const struct { const char *path, *name, *type; } assets[] = {
    { "/", "page", "text/html; charset=utf-8" },
    { "/script.js", "script", "text/javascript; charset=utf-8" },
    { "/style.css", "style", "text/css; charset=utf-8" },
    { "/icon.svg", "icon", "image/svg+xml; charset=utf-8" },
};

/* A digest of the bytes: it changes with them. */
static void write_tag(char out[36], const char *bytes, size_t size)
{
    unsigned char digest[16];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes, size, NULL, 0);
    out[0] = '"';
    sodium_bin2hex(out + 1, 33, digest, sizeof digest);
    memcpy(out + 33, "\"", 2);
}

static enum MHD_Result answer_asset(exchange *e, const char *type, const kith_embedded_viewer *file)
{
    const char *known = MHD_lookup_connection_value(e->connection, MHD_HEADER_KIND, "If-None-Match");
    char tag[36];

    write_tag(tag, file->bytes, file->size);
    const bool same = known != NULL && strcmp(known, tag) == 0;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(same ? 0 : file->size, (void *)file->bytes, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return MHD_NO;
    answer_headers(response, true);
    MHD_add_response_header(response, "ETag", tag);
    MHD_add_response_header(response, "Content-Type", type);
    return answer_queue(e, same ? 304 : 200, response);
}

bool asset_handle(enum MHD_Result *result, exchange *e, const char *method, const char *path)
{
    if (strcmp(method, "POST") == 0)
        return false;
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        for (size_t k = 0; strcmp(assets[i].path, path) == 0 && k < kith_viewer_count; k++)
            if (strcmp(kith_viewer[k].name, assets[i].name) == 0) {
                *result = answer_asset(e, assets[i].type, &kith_viewer[k]);
                return true;
            }
    return false;
}
