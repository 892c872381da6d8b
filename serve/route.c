/* SPDX-License-Identifier: GPL-3.0-or-later */
/* route.c: the table: which route is which command line. docs/viewer.md is written by it. */
#include "route.h"

#include <string.h>

#define END { .name = NULL }
#define CONTEXTS "home|peer|school|neighbourhood|online"
#define LAYERS "links|together|presence|events|all"
#define MEETINGS "drmm|mapping|other"

#define WHO { .name = "who", TYPE_CHOICE, .choices = "children|adults|all" }
#define LAYER { .name = "layer", TYPE_CHOICE, .choices = LAYERS }
#define KINDS { .name = "kinds", TYPE_TEXT, .high = 1000 }
#define ROLES { .name = "roles", TYPE_TEXT, .high = 1000 }
#define ID_OPERAND(id) { .name = (id), TYPE_ID, TO_OPERAND, .required = true }
#define IDS_OPERAND(id, must) { .name = (id), TYPE_IDS, TO_OPERAND, .required = must }
#define LINE(id, most, must) { .name = (id), TYPE_TEXT, TO_INPUT, .high = most, .required = must }
#define MAP_PARAMETERS                                                                        \
    IDS_OPERAND("ids", false), { .name = "hops", TYPE_INTEGER, .high = 6 }, LAYER, KINDS, ROLES, WHO, \
    { .name = "since", TYPE_DATE },                                                                   \
    { .name = "layout", TYPE_CHOICE, .choices = "association|rings|two-mode|timeline|matrix" },       \
    { .name = "no_groups", TYPE_FLAG }, { .name = "most", TYPE_INTEGER, .low = 1, .high = 1500 }

const parameter common_parameters[] = {
    { .name = "as_of", TYPE_DATE },
    { .name = "window", TYPE_INTEGER, .low = 1, .high = 100000 },
    { .name = "since", TYPE_DATE },
    { .name = "audience", TYPE_TEXT, .high = 80 },
    { .name = "names", TYPE_CHOICE, .choices = "full|initials|pseudonym|none" },
    { .name = "purpose", TYPE_TEXT, .high = 200 },
    END
};

static const parameter none[] = { END };
static const parameter one_id[] = { ID_OPERAND("id"), END };
static const parameter find_by[] = { LINE("q", 200, true), { .name = "most", TYPE_INTEGER, .low = 1, .high = 200 }, END };
static const parameter peers_by[] = {
    WHO, LAYER, KINDS, ROLES,
    { .name = "smallest", TYPE_INTEGER, .low = 1, .high = 1000 },
    { .name = "after", TYPE_DATE },
    { .name = "resolution", TYPE_NUMBER, .low = 1e-6, .high = 1000 },
    END
};
static const parameter together_by[] = { WHO, KINDS, ROLES, { .name = "q", TYPE_NUMBER, .high = 1 }, END };
static const parameter changes_by[] = {
    { .name = "since", TYPE_DATE, .required = true }, { .name = "records", TYPE_FLAG }, { .name = "all", TYPE_FLAG }, END
};
static const parameter weigh_by[] = {
    IDS_OPERAND("ids", false), { .name = "found", TYPE_TEXT, .high = 16 }, { .name = "entered_only", TYPE_FLAG }, END
};
static const parameter history_by[] = {
    IDS_OPERAND("ids", false), { .name = "found", TYPE_TEXT, .high = 16 }, { .name = "entered_only", TYPE_FLAG },
    { .name = "every", TYPE_INTEGER, .low = 1, .high = 3650 }, END
};
static const parameter share_by[] = {
    ID_OPERAND("id"), { .name = "context", TYPE_CHOICE, TO_OPERAND, .choices = CONTEXTS, .required = true },
    { .name = "entered_only", TYPE_FLAG }, END
};
static const parameter hotspots_by[] = {
    { .name = "limit", TYPE_INTEGER, .low = 1, .high = 100000 }, KINDS, { .name = "brief", TYPE_FLAG },
    { .name = "gi", TYPE_NUMBER, .low = 1, .high = 100000 }, END
};
static const parameter place_by[] = { ID_OPERAND("id"), KINDS, END };
static const parameter week_by[] = { { .name = "id", TYPE_ID, .option = "week", .required = true }, KINDS, END };
static const parameter map_by[] = { MAP_PARAMETERS, { .name = "first", TYPE_FLAG }, END };
static const parameter tie_by[] = { ID_OPERAND("a"), ID_OPERAND("b"), LAYER, WHO, END };
static const parameter pair[] = { ID_OPERAND("a"), ID_OPERAND("b"), END };
static const parameter path_by[] = {
    ID_OPERAND("a"), ID_OPERAND("b"), { .name = "layer", TYPE_CHOICE, .choices = "usual|" LAYERS },
    { .name = "all_shortest", TYPE_FLAG }, { .name = "most", TYPE_INTEGER, .low = 1, .high = 100 }, END
};
static const parameter gaps_by[] = {
    { .name = "who", TYPE_CHOICE, .choices = "children|all" }, { .name = "least", TYPE_INTEGER, .low = 1, .high = 1000 }, END
};
static const parameter whatif_by[] = { { .name = "without", TYPE_IDS, .required = true }, END };
static const parameter today_by[] = {
    { .name = "date", TYPE_DATE }, { .name = "from", TYPE_DATE }, IDS_OPERAND("ids", false), END
};
static const parameter actions_by[] = {
    IDS_OPERAND("ids", false), { .name = "state", TYPE_CHOICE, .choices = "open|due|overdue|closed|all" },
    { .name = "days", TYPE_INTEGER, .high = 366 }, END
};
static const parameter one_action[] = { ID_OPERAND("action"), END };
static const parameter decisions_by[] = { { .name = "id", TYPE_ID, TO_OPERAND }, END };
static const parameter outcomes_by[] = {
    IDS_OPERAND("ids", true), { .name = "baseline", TYPE_DATE }, { .name = "until", TYPE_DATE }, END
};
static const parameter check_by[] = { { .name = "all", TYPE_FLAG }, END };
static const parameter links_by[] = { { .name = "threshold", TYPE_NUMBER, .high = 1 }, { .name = "places", TYPE_FLAG }, END };
static const parameter audit_by[] = {
    { .name = "id", TYPE_ID }, { .name = "user", TYPE_TEXT, .high = 64 },
    { .name = "act", TYPE_CHOICE, .choices = "collection|alteration|consultation|disclosure|combination|erasure" }, END
};
static const parameter action_new[] = {
    { .name = "subject", TYPE_ID, TO_OPERAND }, LINE("action", 1000, true), LINE("goal", 1000, false),
    { .name = "context", TYPE_CHOICE, TO_INPUT, .choices = CONTEXTS }, { .name = "due", TYPE_DATE, TO_INPUT },
    LINE("owner_role", 200, true), LINE("measure_of_success", 1000, false),
    { .name = "source", TYPE_TEXT, .high = 64 }, { .name = "on", TYPE_DATE }, END
};
static const parameter action_step[] = {
    ID_OPERAND("action"),
    { .name = "status", TYPE_CHOICE, TO_OPERAND, .choices = "open|started|done|no action|withdrawn", .required = true },
    LINE("note", 1000, false), { .name = "on", TYPE_DATE }, END
};
static const parameter decision_new[] = {
    { .name = "subject", TYPE_ID, TO_OPERAND }, LINE("decision", 1000, true),
    { .name = "meeting", TYPE_CHOICE, .choices = MEETINGS },
    { .name = "as", TYPE_CHOICE, .choices = "decision|adopted|released" }, { .name = "on", TYPE_DATE }, END
};
static const parameter decision_undo[] = {
    { .name = "number", TYPE_INTEGER, TO_OPERAND, .low = 1, .high = 9007199254740991.0, .required = true }, END
};
static const parameter panel_new[] = {
    ID_OPERAND("subject"), { .name = "weighting", TYPE_WEIGHTS, TO_OPERAND, .required = true },
    { .name = "reason", TYPE_LINES, TO_INPUT, .high = 4000 }, { .name = "on", TYPE_DATE }, END
};
static const parameter record_new[] = {
    { .name = "sheet", TYPE_SHEET, TO_INPUT, .required = true }, { .name = "source", TYPE_TEXT, .high = 64 },
    { .name = "dry_run", TYPE_FLAG }, END
};
static const parameter record_undo[] = {
    { .name = "batch", TYPE_INTEGER, .low = 1, .high = 9007199254740991.0, .option = "undo", .required = true }, END
};
static const parameter link_decided[] = {
    { .name = "decision", TYPE_CHOICE, TO_OPERAND, .choices = "confirm|refuse|undo", .required = true },
    ID_OPERAND("a"), ID_OPERAND("b"), END
};
static const parameter pin_by[] = {
    MAP_PARAMETERS, { .name = "pin", TYPE_PLACES }, { .name = "unpin", TYPE_IDS }, END
};
static const parameter view_kept[] = {
    { .name = "name", TYPE_TEXT, TO_OPERAND, .high = 64, .required = true },
    { .name = "text", TYPE_LINES, TO_INPUT, .high = 8000, .required = true }, END
};
static const parameter view_dropped[] = { { .name = "name", TYPE_TEXT, TO_OPERAND, .high = 64, .required = true }, END };
static const parameter export_by[] = {
    MAP_PARAMETERS, { .name = "hide", TYPE_HIDDEN }, { .name = "place", TYPE_PLACES },
    { .name = "form", TYPE_CHOICE, TO_OUTPUT, .choices = "svg|pdf|png|html|dot|graphml|json|cyjs|geojson", .required = true },
    END
};
static const parameter pack_by[] = {
    IDS_OPERAND("ids", true), { .name = "hops", TYPE_INTEGER, .high = 3 },
    { .name = "meeting", TYPE_MEETING, TO_INPUT, .required = true },
    { .name = "form", TYPE_CHOICE, TO_OUTPUT, .choices = "html|pdf", .required = true }, END
};
static const parameter drmm_by[] = {
    IDS_OPERAND("ids", false), { .name = "date", TYPE_DATE }, { .name = "from", TYPE_DATE },
    { .name = "form", TYPE_CHOICE, TO_OUTPUT, .choices = "html|pdf", .required = true }, END
};

#define READ(path, words, rows) { "GET", "/api/" path, words, ANSWER_TABLE, false, false, rows }
#define SAID(path, words, rows) { "POST", "/api/" path, words, ANSWER_SAID, true, true, rows }
#define LOAD(path, words, rows) { "POST", "/api/" path, words, ANSWER_TABLE, true, true, rows }
#define FILED(path, words, rows) { "POST", "/api/" path, words, ANSWER_FILE, true, false, rows }

const route routes[] = {
    READ("me", "serve --me", none),
    READ("info", "info", none),
    { "POST", "/api/find", "find", ANSWER_TABLE, false, false, find_by }, /* a name stands in no address */
    READ("show", "show", one_id),
    READ("peers", "peers", peers_by),
    READ("member", "explain member", one_id),
    READ("together", "together", together_by),
    READ("changes", "changes", changes_by),
    READ("weigh", "weigh", weigh_by),
    READ("weigh-history", "weigh --history", history_by),
    READ("share", "explain share", share_by),
    READ("hotspots", "hotspots", hotspots_by),
    READ("place", "explain place", place_by),
    READ("place-week", "hotspots", week_by),
    READ("map", "map --view", map_by),
    READ("tie", "explain tie", tie_by),
    READ("q", "explain q", pair),
    READ("path", "path", path_by),
    READ("gaps", "gaps", gaps_by),
    READ("whatif", "whatif", whatif_by),
    READ("today", "drmm --cards", today_by),
    READ("actions", "actions", actions_by),
    READ("action-history", "actions history", one_action),
    READ("decisions", "actions decisions", decisions_by),
    READ("assess", "assess", one_id),
    READ("outcomes", "outcomes", outcomes_by),
    READ("check", "check", check_by),
    READ("links", "link", links_by),
    READ("loads", "import --list", none),
    READ("recorded", "record --list", none),
    READ("audit", "audit", audit_by),
    READ("audit-verify", "audit --verify", none),
    READ("audiences", "policy --audiences", none),
    READ("policy", "policy", none),
    READ("views", "view", none),
    SAID("action", "actions add", action_new),
    SAID("action-step", "actions set", action_step),
    SAID("decision", "actions decide", decision_new),
    SAID("decision-undo", "actions undo", decision_undo),
    SAID("panel", "panel", panel_new),
    LOAD("record", "record", record_new),
    LOAD("record-undo", "record", record_undo),
    SAID("link-decision", "link", link_decided),
    { "POST", "/api/pin", "map --view --keep", ANSWER_TABLE, true, false, pin_by },
    SAID("view", "view keep", view_kept),
    SAID("view-drop", "view drop", view_dropped),
    FILED("export", "map", export_by),
    FILED("pack", "pack --meeting -", pack_by),
    FILED("drmm", "drmm", drmm_by),
};
const size_t route_count = sizeof routes / sizeof *routes;

const route *route_find(const char *method, const char *path)
{
    for (size_t i = 0; i < route_count; i++)
        if (strcmp(routes[i].path, path) == 0 && strcmp(routes[i].method, method) == 0)
            return &routes[i];
    return NULL;
}

const parameter *route_parameter(const route *way, const char *name)
{
    for (const parameter *row = way->parameters; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    for (const parameter *row = common_parameters; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0 && (!way->plain || strcmp(name, "purpose") == 0))
            return row;
    return NULL;
}

static const char *type_words(const parameter *row, kith_text *out)
{
    static const char *const words[] = {
        [TYPE_DATE] = "DATE", [TYPE_ID] = "ID", [TYPE_IDS] = "ID,...", [TYPE_FLAG] = "1",
        [TYPE_WEIGHTS] = "a list of CONTEXT or CONTEXT=PERCENT", [TYPE_PLACES] = "places by ID",
        [TYPE_HIDDEN] = "a list of IDs and #N", [TYPE_MEETING] = "the meeting's lines", [TYPE_SHEET] = "a sheet",
    };

    kith_text_clear(out);
    if (row->type == TYPE_CHOICE)
        kith_text_add(out, row->choices);
    else if (row->type == TYPE_INTEGER || row->type == TYPE_NUMBER)
        kith_text_format(out, "%.16g to %.16g", row->low, row->high);
    else if (row->type == TYPE_TEXT || row->type == TYPE_LINES)
        kith_text_format(out, "%s of at most %.0f bytes", row->type == TYPE_TEXT ? "text" : "lines", row->high);
    else
        kith_text_add(out, words[row->type]);
    return kith_text_string(out);
}

static void add_parameters(kith_text *out, const parameter *rows)
{
    kith_text type = { 0 };

    for (const parameter *row = rows; row->name != NULL; row++)
        kith_text_format(out, "%s%s%s: %s", out->size > 0 ? "; " : "", row->name, row->required ? " (needed)" : "",
                         type_words(row, &type));
    out->failed |= type.failed;
    kith_text_free(&type);
}

kith_status kith_serve_routes(kith_table *table, kith_error *err)
{
    static const char *const columns[] = { "method", "path", "command", "parameters" };
    kith_text text = { 0 };
    kith_status status = KITH_OK;

    *table = (kith_table){ .title = "Routes" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    for (size_t i = 0; status == KITH_OK && i < route_count; i++) {
        kith_text_clear(&text);
        add_parameters(&text, routes[i].parameters);
        kith_table_text(table, routes[i].method);
        kith_table_text(table, routes[i].path);
        kith_table_text(table, routes[i].words);
        kith_table_text(table, kith_text_string(&text));
        status = kith_text_status(&text, err);
    }
    kith_text_clear(&text);
    add_parameters(&text, common_parameters);
    kith_table_note(table, "every GET, find, and every file takes too: %s", kith_text_string(&text));
    kith_table_note(table, "every other POST takes purpose too");
    kith_text_free(&text);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
