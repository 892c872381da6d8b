/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy_tables.h: the policy in force, as tables. */
#ifndef KITH_CLI_POLICY_TABLES_H
#define KITH_CLI_POLICY_TABLES_H

#include "command.h"

/** Prints every audience, and what it is given. */
kith_status policy_audiences(kith_call *call, kith_error *err);

/** Prints every role, and what it is given. */
kith_status policy_roles(kith_call *call, kith_error *err);

#endif
