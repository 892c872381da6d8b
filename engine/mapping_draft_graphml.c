/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_draft_graphml.c: a first mapping from the keys of a GraphML file.
 *
 * What the nodes are GraphML does not say; the draft takes them for people, and says so. */
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"

/* Keys that programs use for a name, and for the kind of an edge; the first that is there. */
static const char *const names[] = { "name", "label", "Label", "nodegraphics", NULL };
static const char *const kinds[] = { "kind", "label", "Edge Label", "type", "labelE", "edgegraphics", NULL };

typedef struct keys {
    const char *const *wanted;
    const char *found; /* of wanted */
    kith_text others;  /* "; no line yet reads: ..." */
    kith_text fault;
} keys;

static bool take_header(void *context, const kith_csv_record *record)
{
    keys *k = context;

    for (size_t w = 0; k->wanted[w] != NULL && k->found == NULL; w++)
        for (size_t i = 0; i < record->count; i++)
            if (strcmp(record->fields[i], k->wanted[w]) == 0)
                k->found = k->wanted[w];
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i][0] != '@' && (k->found == NULL || strcmp(record->fields[i], k->found) != 0))
            kith_text_format(&k->others, "; no line yet reads: %.*s\n", (int)strcspn(record->fields[i], "\r\n"),
                             record->fields[i]);
    return false;
}

static bool take_record(void *context, const kith_csv_record *record)
{
    (void)context, (void)record;
    return false;
}

static void take_fault(void *context, size_t line, const char *message)
{
    kith_text_format(&((keys *)context)->fault, "line %zu: %s", line, message);
}

static kith_status read_keys(keys *k, kith_graphml_rows rows, FILE *in, const char *path, kith_error *err)
{
    const kith_csv_handler handler = { k, take_header, take_record, take_fault };
    const kith_graphml_form form = { .rows = rows };
    uint64_t counts[KITH_GRAPHML_TABLES];
    bool whole;

    rewind(in);
    kith_status status = kith_graphml_read(&whole, counts, in, &form, &handler, err);
    if (status == KITH_OK && k->fault.size > 0)
        status = kith_fail(err, KITH_INPUT, "%s: the keys cannot be read: %s", path, kith_text_string(&k->fault));
    return status;
}

kith_status mapping_draft_graphml(kith_text *out, const char *path, FILE *in, kith_error *err)
{
    keys nodes = { .wanted = names }, edges = { .wanted = kinds };
    const char *slash = strrchr(path, '/');
    kith_status status = read_keys(&nodes, KITH_GRAPHML_NODES, in, path, err);

    if (status == KITH_OK)
        status = read_keys(&edges, KITH_GRAPHML_EDGES, in, path, err);
    if (status != KITH_OK)
        goto out;
    kith_text_format(out, "; a draft from the keys of %s: look at every line\n[file]\nformat = graphml\n\n"
                          "[origin]\nsource = \"AGENCY\"\n\n", slash != NULL ? slash + 1 : path);
    kith_text_add(out, "; GraphML does not say what its nodes are; that they are people is a guess. Their ids\n"
                       "; are the file's own: put a prefix before them, here and in [links]\n"
                       "[persons]\nrows = nodes\nperson_id = @id\n");
    if (nodes.found != NULL)
        kith_text_format(out, "name = %s\n", nodes.found);
    kith_text_format(out, "%s\n[links]\nrows = edges\nfrom_id = @source\nto_id = @target\n",
                     kith_text_string(&nodes.others));
    kith_text_format(out, edges.found != NULL ? "kind = %s or \"linked\"\n%s" : "%skind = \"linked\"\n%s",
                     edges.found != NULL ? edges.found : "", kith_text_string(&edges.others));
    status = nodes.others.failed || edges.others.failed ? kith_no_memory(err) : kith_text_status(out, err);

out:
    kith_text_free(&nodes.others);
    kith_text_free(&nodes.fault);
    kith_text_free(&edges.others);
    kith_text_free(&edges.fault);
    return status;
}
