/* SPDX-License-Identifier: GPL-3.0-or-later */
/* commands.c: every command, in the order in which help shows them. */
#include "commands.h"

const kith_command *const commands[] = {
    &command_init,
    &command_key,
    &command_import,
    &command_mapping,
    &command_check,
    &command_info,
    &command_find,
    &command_show,
    &command_link,
    &command_peers,
    &command_together,
    &command_weigh,
    &command_panel,
    &command_assess,
    &command_hotspots,
    &command_alerts,
    &command_nightly,
    &command_measures,
    &command_players,
    &command_path,
    &command_whatif,
    &command_gaps,
    &command_outcomes,
    &command_actions,
    &command_explain,
    &command_map,
    &command_export,
    &command_policy,
    &command_audit,
    &command_backup,
    &command_restore,
    &command_erase,
    NULL
};
