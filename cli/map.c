/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c: `kith map`. */
#include "kith/map_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "commands.h"
#include "disclose.h"
#include "hub.h"
#include "layer_options.h"
#include "map.h"
#include "picture.h"
#include "style.h"

enum {
    RECORD_BEGINS = 0x1E, /* RFC 7464: before each scene, where there may be two */
    NEAR_MOST = 20000,    /* things and events: with more near by, the whole hub is hardly slower */
    WAITS = 10            /* by how much less urgent the whole picture is than the first one */
};

static kith_map_layout layout_of(const kith_call *call)
{
    static const char *const names[] = { "association", "rings", "two-mode", "timeline", "matrix" };
    size_t i = 0;

    while (strcmp(names[i], call_text(call, "layout")) != 0)
        i++;
    return (kith_map_layout)i;
}

/* A layout that computes its places keeps none, and is a picture's. */
static kith_status check_layout(const kith_call *call, const char *form, kith_error *err)
{
    if (layout_of(call) == KITH_LAYOUT_ASSOCIATION)
        return KITH_OK;
    if (map_keeps(call) || call_flag(call, "relayout"))
        return kith_fail(err, KITH_USAGE, "--layout %s computes every place anew; leave out --keep and --relayout",
                         call_text(call, "layout"));
    if (form != NULL && (strcmp(form, "graphml") == 0 || strcmp(form, "cyjs") == 0 ||
                         strcmp(form, "geojson") == 0 || strcmp(form, "csv") == 0))
        return kith_fail(err, KITH_USAGE, "a .%s file has no layout; leave out --layout", form);
    return KITH_OK;
}

static kith_status check(const kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");

    if (call->names == KITH_NAMES_FULL && !call_given(call, "audience"))
        return kith_fail(
            err, KITH_POLICY,
            "a map with full names is made for somebody: say for whom with --audience");
    if (map_keeps(call) && (call_given(call, "hide") || call_given(call, "place")))
        return kith_fail(err, KITH_USAGE, "--hide and --place are for one picture, and --keep for all that follow; "
                                          "leave one out");
    if (call_flag(call, "view") && (path != NULL || call->format != KITH_FORMAT_JSON))
        return kith_fail(err, KITH_USAGE, "--view is for --format json, without -o");
    if (call_flag(call, "first") && !call_flag(call, "view"))
        return kith_fail(err, KITH_USAGE, "--first is for --view");
    if (!map_keeps(call) && (call_given(call, "pin") || call_given(call, "unpin")))
        return kith_fail(err, KITH_USAGE, "--pin and --unpin are for a picture that is kept; add --keep");
    if (path != NULL && picture_any_form(path) == NULL)
        return kith_fail(err, KITH_USAGE, "%s: the name ends in none of .svg .pdf .png .html .dot .json .cyjs .graphml "
                         ".geojson .csv",
                         path);
    return check_layout(call, path != NULL ? picture_any_form(path) : NULL, err);
}

static kith_status write_picture(const kith_call *call, kith_scene *scene, const char *path,
                                 kith_error *err)
{
    const kith_status status =
        picture_write(call, scene, path, picture_any_form(path), err);

    if (status == KITH_OK)
        call_say(call, "%s: %zu people, places and things, %zu lines", path, scene->node_count,
                 scene->tie_count);
    return status;
}

static kith_status print_table(kith_call *call, const kith_network *network,
                               const kith_layer_options *layer, const kith_scene *scene,
                               kith_error *err)
{
    kith_table table = { 0 };

    kith_scene_table(&table, scene);
    call_view_facts(call, &table);
    if (call_given(call, "layer") || layer->raw)
        layer_options_facts(layer, call, &table);
    call_note_window(call, network, &table);
    layer_options_notes(layer, network, &table);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

/* The scene itself, for a page on a screen. more: another follows, and this one is sent at once. */
static kith_status print_scene(kith_call *call, const kith_scene *scene, bool more, kith_error *err)
{
    kith_text json = { 0 };

    kith_scene_write_page(&json, scene);
    const kith_status status = kith_text_status(&json, err);
    if (status == KITH_OK && call_flag(call, "first") && !call->answered)
        fputc(RECORD_BEGINS, call->out);
    if (status == KITH_OK)
        fwrite(json.data, 1, json.size, call->out);
    if (status == KITH_OK && more) {
        fputc(RECORD_BEGINS, call->out);
        fflush(call->out);
    }
    call->answered = true;
    kith_text_free(&json);
    return status;
}

/* A picture, and the table that says the same, must be readable (R54); what goes to another program
 * is whole, and so are a layer that was asked for alone and what is compared. */
static bool summarises(const kith_call *call, bool layer_only)
{
    const char *path = call_text(call, "output"), *form = path != NULL ? picture_any_form(path) : "json";

    return layout_of(call) == KITH_LAYOUT_ASSOCIATION && !layer_only && !call_given(call, "since") &&
           (picture_form(path) != NULL || strcmp(form, "json") == 0);
}

/* Whether what lies near is shown while the rest is worked out: to those alone whose answer is logged
 * without whom it shows, for it may show others than the whole one. */
static bool writes_first(const kith_call *call, const kith_map_options *options)
{
    return call_flag(call, "first") && options->id_count > 0 && !options->layer.raw && !map_keeps(call) &&
           !call_given(call, "since") && !call_given(call, "hide") && !call_given(call, "place") &&
           !disclose_goes_out(call) && layout_of(call) == KITH_LAYOUT_ASSOCIATION;
}

/* Whoever got the first picture draws it now: what follows is less urgent, and leaves processors to them. */
static void make_way(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    char threads[24];

    snprintf(threads, sizeof threads, "%ld", processors > 3 ? processors / 2 : 1);
    setenv("KITH_THREADS", threads, 0);
    setpriority(PRIO_PROCESS, 0, WAITS);
}

/* The picture without what is judged over the whole hub, when it can be read without a summary. */
static kith_status draw_near(kith_call *call, const kith_network *network, const kith_map_options *whole,
                             kith_error *err)
{
    kith_map_options options = *whole;
    kith_scene scene = { 0 };

    options.summarise = false;
    kith_status status = kith_map_scene(&scene, call->store, network, &options, err);
    if (status == KITH_USAGE)
        return KITH_OK; /* the whole one says so, or is summarised */
    if (status == KITH_OK && whole->summarise)
        status = kith_map_summarise(&scene, options.most, options.most_ties, err);
    if (status == KITH_OK)
        status = style_wear(call, &scene, err);
    if (status == KITH_OK)
        status = map_places(call, &scene, network, &options, err);
    if (status == KITH_OK)
        status = print_scene(call, &scene, true, err);
    if (status == KITH_OK)
        make_way();
    kith_scene_free(&scene);
    return status;
}

static kith_status answer_near(kith_call *call, const kith_map_options *options, kith_error *err)
{
    kith_network network;
    kith_status status = kith_network_build_near(&network, call->store, &call->view, options->ids,
                                                 options->id_count, options->hops, NEAR_MOST, err);

    if (status == KITH_OK && network.partial)
        status = draw_near(call, &network, options, err);
    kith_network_free(&network);
    return status;
}

static kith_status answer(kith_call *call, kith_layer_options *layer, layer_lists *lists, kith_error *err)
{
    kith_network network;
    kith_scene scene = { 0 };
    const kith_scene *const drawn = &scene;
    const char *path = call_text(call, "output");
    kith_map_options options = {
        .ids = (const char *const *)call->operands,
        .id_count = (size_t)call->operand_count,
        .hops = (int)call_integer(call, "hops"),
        .layer_only = call_given(call, "layer") || layer->raw,
        .names = (kith_map_names)call->names,
        .records = call_flag(call, "records") || call_flag(call, "view"),
        .no_groups = call_flag(call, "no-groups"),
        .most = (size_t)call_integer(call, "most"),
        .most_ties = (size_t)call_integer(call, "most-ties"),
        .summarise = summarises(call, call_given(call, "layer") || layer->raw),
        .seed = call->seed,
        .layer = *layer,
    };

    kith_status status = writes_first(call, &options) ? answer_near(call, &options, err) : KITH_OK;
    if (status != KITH_OK)
        return status;
    status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK && call->operand_count == 0 && !call_given(call, "since"))
        status = layer_options_leave_expired(layer, lists, call, &network, err);
    options.layer = *layer;
    if (status == KITH_OK)
        status = kith_map_scene(&scene, call->store, &network, &options, err);
    if (status == KITH_OK)
        status = style_wear(call, &scene, err);
    if (status == KITH_OK && call_given(call, "since"))
        status = map_compare(call, &scene, &network, &options, err);
    if (status == KITH_OK && layout_of(call) == KITH_LAYOUT_ASSOCIATION && (path != NULL || map_keeps(call) || call_flag(call, "view")))
        status = map_places(call, &scene, &network, &options, err);
    if (status == KITH_OK)
        status = map_hide(call, &scene, &network, err);
    if (status == KITH_OK && disclose_goes_out(call))
        status = disclose(call, &(disclosed){ &network, &drawn, 1, NULL, 0 }, err);
    if (status == KITH_OK) /* after the disclosure: a timeline's words name places that it drops */
        status = kith_map_lay_out(&scene, &network, &options, layout_of(call), err);
    if (status == KITH_OK)
        status = path != NULL ? write_picture(call, &scene, path, err)
                 : call_flag(call, "view") ? print_scene(call, &scene, false, err)
                              : print_table(call, &network, layer, &scene, err);
    kith_scene_free(&scene);
    kith_network_free(&network);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_layer_options layer;
    layer_lists lists;

    kith_status status = check(call, err);
    if (status == KITH_OK)
        status = hub_open(call, map_keeps(call) ? KITH_READ_WRITE : KITH_READ_ONLY, err);
    if (status != KITH_OK)
        return status;
    status = layer_options_read(&layer, &lists, call, err);
    if (status != KITH_OK)
        return status;
    status = answer(call, &layer, &lists, err);
    layer_options_free(&lists);
    return status;
}

static const option_row options[] = {
    { "hops", OPTION_INTEGER, .low = 0, .high = 6, .initial = "1", .unit = "N",
      .help = "steps from those who are named" },
    LAYER_OPTIONS("all"),
    { "layout", OPTION_CHOICE, .choices = "association|rings|two-mode|timeline|matrix", .initial = "association",
      .help = "how it is arranged" },
    { "records", OPTION_FLAG, .help = "with the hub's ids in a file for other programs, whatever the names" },
    { "view", OPTION_FLAG, .help = "with --format json, for a page on a screen: the scene, with what its ties are about and ids" },
    { "first", OPTION_FLAG, .help = "with --view: before it, and as soon as it is known, what lies near alone; each after a byte 1E (JSON text sequence)" },
    { "no-groups", OPTION_FLAG, .help = "without the frames of peer groups" },
    { "most", OPTION_INTEGER, .low = 1, .high = 1500, .initial = "150", .unit = "N",
      .help = "draw a summary of more than N people, places and things; other layouts and a --layer refuse them" },
    { "most-ties", OPTION_INTEGER, .low = 1, .high = 20000, .initial = "400", .unit = "N",
      .help = "leave out the lightest inferred and tentative lines above N, but of a --layer" },
    { "keep", OPTION_FLAG, .help = "keep in the hub where things stand, for the next picture of the same" },
    { "relayout", OPTION_FLAG, .help = "lay out anew what is not pinned, in place of standing where it stood" },
    { "pin", OPTION_TEXT, .unit = "ID,...", .help = "with --keep: these stay also when laid out anew; ID@X:Y moves one there" },
    { "hide", OPTION_TEXT, .unit = "ID,#N,...", .help = "without these people, places and things, and lines" },
    { "place", OPTION_TEXT, .unit = "ID@X:Y,...", .help = "stands there in this picture, in points" },
    { "unpin", OPTION_TEXT, .unit = "ID,...", .help = "with --keep: these no longer" },
    PICTURE_OPTIONS,
    OPTION_END
};

const kith_command command_map = {
    .name = "map",
    .summary = "a diagram of somebody's surroundings, or of a small network",
    .operands = "[ID...]",
    .least = 0,
    .most = -1,
    .compares = true,
    .hub = HUB_NONE, /* opened by run: --keep writes */
    .discloses = true,
    .own_output = true,
    .options = options,
    .about =
        "With -o FILE draws a picture; the file's name says the form: .svg .pdf .png .dot, .html\n"
        "for a page with picture and table, .json for the scene itself; .graphml .cyjs .geojson\n"
        ".csv for other programs (docs/export.md). Without -o prints the same as a table.\n"
        "Goes by declared links, people at places and inferred ties together; --layer takes one\n"
        "of them alone. Without ID draws the whole layer, if it can be read.\n"
        "-o -.svg and the like write to standard output. --hide leaves out IDs, and lines by their number\n"
        "(#7), which the footer counts; --place puts somebody somewhere in this picture alone.\n"
        "Children have one shape whatever their role. Lines: solid is confirmed, dashed\n"
        "unconfirmed, dotted tentative or inferred; a bar is a condition and no tie.\n"
        "Initials are the default; --names full needs --audience.\n"
        "More than --most becomes a summary: peer groups as one each, single ties counted beside what\n"
        "they are tied to, and what is left out counted below.\n"
        "With --keep the places of the picture are kept in the hub, for the audience: what it shows\n"
        "stands at the same spot in every later picture of the same, and new things beside it.\n"
        "--layout rings puts one in the middle and each context in a sector; two-mode people in one\n"
        "column and places in the other; timeline people side by side and events below; matrix a row\n"
        "each and a square for each tie. What a layout leaves out is counted below it.\n"
        "--since DATE sets no window here: it draws what is new, gone, stronger or weaker since the\n"
        "picture as of that day, which had a window as long.",
    .example = "kith map P001 -o p001.svg\n"
               "kith map P001 --keep -o p001.pdf\n"
               "kith map P001 P002 --hops 2 --as-of 2022-06-30 -o two.pdf\n"
               "kith map --layer together --no-isolates -o groups.png\n"
               "kith map P001 --since 2022-06-01 --as-of 2022-06-30 -o change.svg\n"
               "kith map P001 --layout rings -o rings.svg\n"
               "kith map P001 --layout timeline -o events.pdf\n"
               "kith map P001 --format csv",
    .run = run,
};
