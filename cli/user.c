/* SPDX-License-Identifier: GPL-3.0-or-later */
/* user.c: `kith user`: who may use the hub, as what, in which teams, on which cases. */
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/date.h"

typedef kith_status fill_table(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

static kith_status print_table(kith_call *call, fill_table *fill, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = fill(&table, call->store, &call->view, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status add(kith_call *call, const char *name, const char *const *rest, kith_error *err)
{
    const char *agency = call_text(call, "agency");
    const kith_status status = kith_account_add(call->store, &call->view, call->policy, name, rest,
                                                agency != NULL ? agency : "", kith_now(), err);

    if (status == KITH_OK)
        call_say(call, "%s has an account; `kith key add %s` gives the key to it", name, name);
    return status;
}

static kith_status role(kith_call *call, const char *name, const char *const *rest, kith_error *err)
{
    return kith_account_change(call->store, &call->view, call->policy, name, rest, call_text(call, "agency"), err);
}

static kith_status revoke(kith_call *call, const char *name, const char *const *rest, kith_error *err)
{
    if (*rest != NULL)
        return kith_fail(err, KITH_USAGE, "user revoke takes one name; revoke %s by itself", *rest);
    const kith_status status = kith_account_revoke(call->store, &call->view, name, kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "%s is refused from now on; `kith key revoke %s` takes the key away too", name, name);
    return status;
}

static kith_status team(kith_call *call, const char *name, const char *const *rest, kith_error *err)
{
    if (*rest == NULL)
        return kith_fail(err, KITH_USAGE, "no user is named; say who is in the team %s", name);
    return kith_team_set(call->store, &call->view, name, rest, !call_flag(call, "drop"), err);
}

static kith_status case_of(kith_call *call, const char *name, const char *const *rest, kith_error *err)
{
    const kith_case_change change = { .id = name,
                                      .members = rest,
                                      .team = call_text(call, "team"),
                                      .drop = call_flag(call, "drop"),
                                      .restrict_it = call_flag(call, "restricted"),
                                      .open_it = call_flag(call, "open") };

    if (change.restrict_it && change.open_it)
        return kith_fail(err, KITH_USAGE, "--restricted and --open exclude each other; give one of them");
    return kith_case_set(call->store, &call->view, &change, kith_now(), err);
}

static kith_status policy(kith_call *call, const char *path, const char *const *rest, kith_error *err)
{
    kith_text text = { 0 };
    kith_policy *read = NULL;

    (void)rest;
    kith_status status = kith_policy_load(&text, path, err);
    if (status == KITH_OK)
        status = kith_policy_read(&read, path, NULL, err);
    if (status == KITH_OK)
        status = kith_policy_keep(call->store, &call->view, kith_text_string(&text), kith_now(), err);
    kith_policy_free(read);
    kith_text_free(&text);
    return status;
}

typedef kith_status verb(kith_call *call, const char *name, const char *const *rest, kith_error *err);

static const struct { const char *name; verb *run; } verbs[] = {
    { "add", add }, { "role", role }, { "revoke", revoke }, { "team", team }, { "case", case_of }, { "policy", policy },
};

static kith_status run(kith_call *call, kith_error *err)
{
    const char *name = call->operand_count > 0 ? call->operands[0] : "list";

    if (strcmp(name, "list") == 0 || strcmp(name, "cases") == 0)
        return print_table(call, name[0] == 'l' ? kith_account_table : kith_case_table, err);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(name, verbs[i].name) != 0)
            continue;
        if (call->operand_count < 2)
            return kith_fail(err, KITH_USAGE, "user %s needs a name; try `kith user --help`", name);
        call->operands[call->operand_count] = NULL; /* main's arguments have room: they end with NULL */
        const kith_status status = hub_open(call, KITH_READ_WRITE, err);
        return status == KITH_OK ? verbs[i].run(call, call->operands[1], (const char *const *)&call->operands[2], err)
                                 : status;
    }
    return kith_fail(err, KITH_USAGE, "user does not know \"%s\"; it takes list, cases, add, role, revoke, team, "
                                      "case or policy", name);
}

static const option_row options[] = {
    { "agency", OPTION_TEXT, .unit = "NAME", .help = "add, role: the agency of the user, by the name of its source" },
    { "team", OPTION_TEXT, .unit = "NAME", .help = "case: a team that works on it" },
    { "restricted", OPTION_FLAG, .help = "case: its people are seen by its teams only" },
    { "open", OPTION_FLAG, .help = "case: and by others again" },
    { "drop", OPTION_FLAG, .help = "team, case: takes out instead of putting in" },
    OPTION_END
};

const kith_command command_user = {
    .name = "user",
    .summary = "who may use the hub, as what, in which teams, on which cases",
    .operands = "[list | cases | add NAME ROLE... | role NAME ROLE... | revoke NAME | team TEAM NAME... | "
                "case CASE [ID...] | policy FILE]",
    .least = 0,
    .most = -1,
    .hub = HUB_NONE, /* opened by run: some verbs write */
    .options = options,
    .about =
        "A hub without users is its owner's: whoever opens it may do everything. The first user that is\n"
        "added makes its owner a steward and analyst. From then on a user may do what their roles may,\n"
        "and sees what the roles, the cases of their teams and the audience allow; what they do not see\n"
        "is left out before anything is computed, and asking for it is answered as if it were not there.\n"
        "`kith policy --roles` shows what a role sees. The name of a user is the one of their key.\n"
        "\n"
        "A case has people (or places, groups, objects) and teams. Practitioners see the people of the\n"
        "cases of their teams. Those of a restricted case are seen by its teams and by stewards only.\n"
        "\n"
        "user policy FILE keeps a policy in the hub; from then on it holds for everybody.",
    .example = "kith key add ash --new-key-file ash.key\n"
               "kith user add ash practitioner --agency 'Children Services'\n"
               "kith user team north ash\n"
               "kith user case C7 P072 P073 --team north --restricted",
    .run = run,
};
