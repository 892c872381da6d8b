/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c: `kith export`: the hub, or a part of it, for other programs. */
#include <string.h>

#include "commands.h"
#include "disclose.h"
#include "kith/map.h"
#include "layer_options.h"
#include "picture.h"

enum { NO_LIMIT = INT32_MAX }; /* nobody has to read it across a table */

/* The file's form, where it is one for other programs. */
static const char *form_of(const char *path)
{
    return picture_form(path) == NULL ? picture_any_form(path) : NULL;
}

static kith_status check(const kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");

    if (path == NULL)
        return kith_fail(err, KITH_USAGE, "-o FILE is missing; the file's name says the form: "
                                          ".graphml .cyjs .json .geojson .csv");
    if (form_of(path) == NULL)
        return kith_fail(err, KITH_USAGE,
                         "%s: the name ends in none of .graphml .cyjs .json .geojson .csv; "
                         "pictures are made by `kith map`",
                         path);
    if (call->names == KITH_NAMES_FULL && !call_given(call, "audience"))
        return kith_fail(err, KITH_POLICY,
                         "an export with full names is made for somebody: say for whom with "
                         "--audience");
    return KITH_OK;
}

static kith_status make_scene(kith_scene *scene, kith_call *call, kith_layer_options *layer, layer_lists *lists,
                              kith_error *err)
{
    kith_network network;
    kith_map_options options = {
        .ids = (const char *const *)call->operands,
        .id_count = (size_t)call->operand_count,
        .hops = (int)call_integer(call, "hops"),
        .layer_only = call_given(call, "layer") || layer->raw,
        .names = (kith_map_names)call->names,
        .records = call_flag(call, "records"),
        .no_groups = call_flag(call, "no-groups"),
        .most = NO_LIMIT,
        .seed = call->seed,
    };

    kith_status status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK && call->operand_count == 0)
        status = layer_options_leave_expired(layer, lists, call, &network, err);
    options.layer = *layer;
    if (status == KITH_OK)
        status = kith_map_scene(scene, call->store, &network, &options, err);
    if (status == KITH_OK && disclose_goes_out(call))
        status = disclose(call, &(disclosed){ &network, &(const kith_scene *){ scene }, 1, NULL, 0 }, err);
    kith_network_free(&network);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_layer_options layer;
    layer_lists lists;
    kith_scene scene = { 0 };
    const char *path = call_text(call, "output");

    kith_status status = check(call, err);
    if (status == KITH_OK)
        status = layer_options_read(&layer, &lists, call, err);
    if (status != KITH_OK)
        return status;
    status = make_scene(&scene, call, &layer, &lists, err);
    if (status == KITH_OK)
        status = picture_export(call, &scene, path, form_of(path), err);
    if (status == KITH_OK)
        call_say(call, "%s: %zu people, places and things, %zu ties", path, scene.node_count,
                 scene.tie_count);
    kith_scene_free(&scene);
    layer_options_free(&lists);
    return status;
}

static const option_row options[] = {
    { "hops", OPTION_INTEGER, .low = 0, .high = 6, .initial = "1", .unit = "N",
      .help = "steps from those who are named" },
    LAYER_OPTIONS("all"),
    { "records", OPTION_FLAG, .help = "with the hub's ids in a file for other programs, whatever the names" },
    { "no-groups", OPTION_FLAG, .help = "without peer groups" },
    SEAL_OPTION,
    OPTION_END
};

const kith_command command_export = {
    .name = "export",
    .summary = "the network, or a part of it, for Gephi, i2, Cytoscape or QGIS",
    .operands = "[ID...]",
    .least = 0,
    .most = -1,
    .hub = HUB_READ,
    .discloses = true,
    .own_output = true,
    .options = options,
    .about =
        "Writes what `kith map` would show, without a limit of size and without drawing it. The\n"
        "file's name says the form: .graphml .cyjs (cytoscape.js) .geojson .csv (x.csv becomes\n"
        "x-nodes.csv, x-ties.csv, x-about.txt) .json (the scene). docs/export.md lists the fields\n"
        "and how other programs read them. With ID only what is within --hops steps; without, people\n"
        "whose links and events have all ended before the window are left out.\n"
        "Initials are the default; --names full needs --audience, and adds the hub's ids.",
    .example = "kith export -o hub.graphml\n"
               "kith export P001 P002 --hops 2 --as-of 2022-06-30 -o girls.csv\n"
               "kith export --layer links --names full --audience analyst -o links.cyjs\n"
               "kith export P001 --audience police --seal-to police.public -o girls.graphml",
    .run = run,
};
