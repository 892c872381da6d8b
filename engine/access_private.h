/* SPDX-License-Identifier: GPL-3.0-or-later */
/* access_private.h: what deciding about users and keeping them share. */
#ifndef KITH_ENGINE_ACCESS_PRIVATE_H
#define KITH_ENGINE_ACCESS_PRIVATE_H

#include "kith/access.h"

/* How many accounts a hub has, and how many stewards among those that hold. */
kith_status access_count(int64_t *accounts, int64_t *stewards, kith_store *store, kith_error *err);

#endif
