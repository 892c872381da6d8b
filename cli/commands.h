/* SPDX-License-Identifier: GPL-3.0-or-later */
/* commands.h: the rows, each in the file of its command. */
#ifndef KITH_CLI_COMMANDS_H
#define KITH_CLI_COMMANDS_H

#include "command.h"

extern const kith_command command_actions;
extern const kith_command command_contest;
extern const kith_command command_alerts;
extern const kith_command command_assess;
extern const kith_command command_audit;
extern const kith_command command_backup;
extern const kith_command command_check;
extern const kith_command command_erase;
extern const kith_command command_drmm;
extern const kith_command command_explain;
extern const kith_command command_export;
extern const kith_command command_find;
extern const kith_command command_gaps;
extern const kith_command command_history;
extern const kith_command command_hotspots;
extern const kith_command command_import;
extern const kith_command command_info;
extern const kith_command command_init;
extern const kith_command command_key;
extern const kith_command command_link;
extern const kith_command command_measures;
extern const kith_command command_nightly;
extern const kith_command command_outcomes;
extern const kith_command command_path;
extern const kith_command command_peers;
extern const kith_command command_changes;
extern const kith_command command_players;
extern const kith_command command_map;
extern const kith_command command_mapping;
extern const kith_command command_style;
extern const kith_command command_pack;
extern const kith_command command_panel;
extern const kith_command command_policy;
extern const kith_command command_record;
extern const kith_command command_restore;
extern const kith_command command_serve;
extern const kith_command command_retention;
extern const kith_command command_show;
extern const kith_command command_source;
extern const kith_command command_subject_access;
extern const kith_command command_together;
extern const kith_command command_undo;
extern const kith_command command_user;
extern const kith_command command_view;
extern const kith_command command_weigh;
extern const kith_command command_whatif;

#endif
