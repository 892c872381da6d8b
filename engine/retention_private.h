/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention_private.h: the columns of retention_records.sql. */
#ifndef KITH_ENGINE_RETENTION_PRIVATE_H
#define KITH_ENGINE_RETENTION_PRIVATE_H

enum {
    R_ENTITY, R_ID, R_KIND, R_WORD, R_ROLE, R_SOURCE, R_DAY, R_GROUP, R_LABEL, R_YEARS, R_UNTIL_AGE, R_DOB,
    R_LASTS
};

#endif
