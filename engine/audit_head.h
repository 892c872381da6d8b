/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_head.h: a signed head, as text. */
#ifndef KITH_AUDIT_HEAD_H
#define KITH_AUDIT_HEAD_H

#include "audit_private.h"

enum { AUDIT_KEY_TEXT = 65, AUDIT_AT_SIZE = 32 };

typedef struct audit_signed {
    int64_t entries;
    audit_hash hash;
    char at[AUDIT_AT_SIZE];
    char key_text[AUDIT_KEY_TEXT]; /* the public key that signed it, hexadecimal */
} audit_signed;

/** Reads a head and checks its signature. KITH_INPUT when either fails. */
kith_status audit_signed_read(audit_signed *head, const char *text, kith_error *err);

#endif
