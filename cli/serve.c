/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve.c: `kith serve`: the viewer. */
#include "kith/serve.h"

#include <unistd.h>

#include "commands.h"
#include "hub.h"
#include "kith/access.h"

/* What the page asks at sign-in: who the key's user is, and what they may do. */
static kith_status print_me(kith_call *call, kith_error *err)
{
    kith_table table = { .title = "What you may do" };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status != KITH_OK)
        return status;
    kith_table_fact(&table, "user", "%s", call->view.user);
    kith_table_fact(&table, "audience", "%s", call->audience->name);
    kith_table_column(&table, "operation", KITH_CELL_TEXT);
    for (size_t i = 0; kith_operation_name(i) != NULL; i++) {
        if (kith_member_may_row(call->member, i, NULL) == KITH_OK)
            kith_table_text(&table, kith_operation_name(i));
    }
    status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status print_routes(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = kith_serve_routes(&table, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const kith_serve_options options = {
        .hub = call->hub,
        .open_hub = !hub_has_keys(call->hub),
        .address = call_text(call, "address"),
        .port = (int)call_integer(call, "port"),
        .socket = call_text(call, "socket"),
        .origin = call_text(call, "origin"),
        .idle_seconds = (int)(call_number(call, "idle") * 60),
        .longest_seconds = (int)(call_number(call, "longest") * 3600),
        .worker_seconds = (int)call_integer(call, "worker-time"),
        .worker_megabytes = (int)call_integer(call, "worker-memory"),
        .workers = (int)call_integer(call, "workers"),
        .quiet = call->quiet,
    };

    if (call_flag(call, "me"))
        return print_me(call, err);
    if (call_flag(call, "routes"))
        return print_routes(call, err);
    if (call_given(call, "key-file"))
        return kith_fail(err, KITH_USAGE, "serve takes no key: each user signs in with their own in the browser; "
                                          "leave out --key-file");
    return kith_serve(&options, err);
}

static const option_row options[] = {
    { "port", OPTION_INTEGER, .low = 0, .high = 65535, .initial = "8470", .unit = "N", .help = "of 127.0.0.1; 0: any that is free" },
    { "address", OPTION_TEXT, .initial = "127.0.0.1", .unit = "IP", .help = "127.0.0.1 or ::1, and no other" },
    { "socket", OPTION_TEXT, .unit = "FILE", .help = "a Unix socket instead, behind a web server that does TLS" },
    { "origin", OPTION_TEXT, .unit = "URL", .help = "with --socket: https://HOST as browsers see it" },
    { "idle", OPTION_NUMBER, .low = 0.02, .high = 480, .initial = "15", .unit = "MINUTES", .help = "without a request: locked, and the key forgotten" },
    { "longest", OPTION_NUMBER, .low = 0.0005, .high = 24, .initial = "12", .unit = "HOURS", .help = "after signing in, however much is asked: the same" },
    { "workers", OPTION_INTEGER, .low = 1, .high = 64, .initial = "6", .unit = "N", .help = "commands that run side by side, of all users" },
    { "worker-time", OPTION_INTEGER, .low = 1, .high = 86400, .initial = "300", .unit = "SECONDS", .help = "then a command is ended" },
    { "worker-memory", OPTION_INTEGER, .low = 0, .high = 1048576, .initial = "0", .unit = "MB", .help = "of address space for a command; 0: no limit" },
    { "routes", OPTION_FLAG, .help = "prints which route is which command, and serves nothing" },
    { "me", OPTION_FLAG, .help = "prints who the key's user is and what they may do, and serves nothing" },
    OPTION_END
};

const kith_command command_serve = {
    .name = "serve",
    .summary = "the viewer: the hub in a browser on this computer",
    .operands = "",
    .hub = HUB_NONE, /* the server opens no hub: its workers do */
    .options = options,
    .about =
        "Prints a link that works once and opens the viewer in a browser of this computer. Users of the\n"
        "hub sign in there with their own key file or passphrase; see and may do what they see and may\n"
        "do here; and every page is made by these commands, each with its entry in the audit log.\n"
        "Without a request for --idle minutes, and --longest hours after signing in, the key is forgotten\n"
        "and the page locked.\n"
        "Only this computer reaches it. For a team, a web server in front of --socket does TLS and\n"
        "reaches it for them (docs/viewer.md). Nothing is loaded from elsewhere; the browser keeps how the\n"
        "page is set and the token of its session, and nothing of the hub. Ends with Ctrl-C; what was\n"
        "recorded is in the hub.",
    .example = "kith serve\n"
               "kith serve --port 9000 --idle 10\n"
               "kith serve --socket /run/kith/serve.sock --origin https://kith.example\n"
               "kith serve --routes",
    .run = run,
};
