/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c: `kith pack`: the pack of a mapping meeting. */
#include "kith/pack.h"

#include <errno.h>
#include <string.h>

#include "commands.h"
#include "disclose.h"
#include "packs.h"
#include "style.h"

static kith_status read_meeting(kith_meeting *meeting, const kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "meeting");

    if (path == NULL)
        return kith_fail(err, KITH_POLICY, "no map is made for a meeting without a purpose; give --meeting "
                                           "FILE with its purpose, chair, attendees, outcome and review");
    if (strcmp(path, "-") == 0)
        return kith_meeting_read(meeting, stdin, "standard input", err);
    FILE *in = fopen(path, "r");
    if (in == NULL)
        return kith_fail(err, KITH_INPUT, "%s: %s", path, strerror(errno));
    const kith_status status = kith_meeting_read(meeting, in, path, err);
    fclose(in);
    return status;
}

static kith_status write_pack(kith_call *call, kith_pack *pack, const kith_meeting *meeting,
                              const kith_network *network, kith_error *err)
{
    kith_text html = { 0 };
    kith_status status = packs_warn(call, pack->subjects, pack->count, err);

    if (status == KITH_OK)
        status = packs_place(call, &(packs_picture){ &pack->scene, pack->subject }, 1, err);
    if (status == KITH_OK)
        status = kith_pack_html(&html, pack, meeting, &network->view, kith_names_word(call->names),
                                call->seed, err);
    if (status == KITH_OK)
        status = packs_write(call, &html, 1, err);
    if (status == KITH_OK)
        call_say(call, "%s: %zu people, places and things, %zu lines", call_text(call, "output"),
                 pack->scene.node_count, pack->scene.tie_count);
    kith_text_free(&html);
    return status;
}

static kith_status make(kith_call *call, const kith_meeting *meeting, kith_error *err)
{
    const kith_progress progress = call_progress_to(call);
    const kith_pack_options options = {
        .ids = (const char *const *)call->operands, .id_count = (size_t)call->operand_count,
        .hops = (int)call_integer(call, "hops"), .most = (size_t)call_integer(call, "most"),
        .names = call->names, .seed = call->seed, .progress = &progress,
    };
    kith_network network = { 0 };
    kith_pack pack = { 0 };
    kith_status status = kith_network_build(&network, call->store, &call->view, err);

    if (status == KITH_OK)
        status = kith_pack_make(&pack, call->store, &network, &options, err);
    call_progress_end(call);
    if (status == KITH_OK)
        status = style_wear(call, &pack.scene, err);
    if (status == KITH_OK)
        status = disclose(call, &(disclosed){ &network, NULL, 0, pack.shown, pack.shown_count }, err);
    if (status == KITH_OK)
        status = call_text(call, "output") != NULL ? write_pack(call, &pack, meeting, &network, err)
                                                    : call_print(call, &pack.actions, err);
    kith_pack_free(&pack);
    kith_network_free(&network);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    static kith_meeting meeting; /* outlives the call: the log of a refusal reads the view's purpose */
    kith_status status = packs_check(call, err);

    if (status == KITH_OK)
        status = read_meeting(&meeting, call, err);
    if (status == KITH_OK && !call_given(call, "purpose"))
        call->view.purpose = meeting.lines[KITH_MEETING_PURPOSE];
    if (status == KITH_OK)
        status = packs_open(call, err);
    if (status == KITH_OK)
        status = make(call, &meeting, err);
    return status;
}

static const option_row options[] = {
    { "meeting", OPTION_TEXT, .unit = "FILE", .help = "what the meeting is for; - for standard input" },
    { "hops", OPTION_INTEGER, .low = 0, .high = 3, .initial = "1", .unit = "N",
      .help = "steps of the map from those who are named" },
    { "style", OPTION_TEXT, .unit = "FILE", .help = "how the map looks: a file of rules in place of Kith's own (kith style)" },
    { "most", OPTION_INTEGER, .low = 1, .high = 1500, .initial = "60", .unit = "N",
      .help = "draw at most N people, places and things, and 2 N lines; the rest is drawn as groups, or counted" },
    OPTION_END
};

const kith_command command_pack = {
    .name = "pack",
    .summary = "a mapping meeting's pack: the map, its sources, and an action or none for each",
    .operands = "ID...",
    .least = 1,
    .most = -1,
    .hub = HUB_NONE, /* opened by run: places are kept */
    .discloses = true,
    .own_output = true,
    .options = options,
    .about =
        "Needs to know what the meeting is for: a file of lines \"purpose: ...\", \"chair: ...\",\n"
        "\"attendees: ...\", \"outcome: ...\" (what is intended) and \"review: DATE\"; roles, no names.\n"
        "The pack begins with what the last meeting agreed; then the map, a key from each line to\n"
        "what it rests on, strengths, conditions and contexts of those who are named, groups with reasons\n"
        "and stability, places, and what is not known as questions; it ends with an action, or an\n"
        "explicit \"no action\", for everybody and everything on the map.\n"
        "With -o FILE.html or FILE.pdf writes the pack, and keeps in the hub where its map has things, so\n"
        "that they stand there in the next one (and in `kith map --keep` of the same); without, prints\n"
        "the table of actions.",
    .example = "kith pack G2 L04 --meeting meeting.txt --as-of 2022-06-30 -o pack.pdf\n"
               "kith pack P001 --meeting - --names full --audience case-team -o p001.html",
    .run = run,
};
