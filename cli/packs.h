/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packs.h: what the commands that make packs share. */
#ifndef KITH_CLI_PACKS_H
#define KITH_CLI_PACKS_H

#include "command.h"
#include "kith/dossier.h"

/** Refuses a file that is neither .html nor .pdf, and full names for nobody in particular. */
kith_status packs_check(const kith_call *call, kith_error *err);

/** Whether -o asks for PDF. */
bool packs_is_pdf(const kith_call *call);

/**
 * Writes the files of a pack: PATH, or where there are several PATH with -1, -2, ... before its
 * ending. Says what was written.
 */
kith_status packs_write(kith_call *call, const kith_text *html, size_t count, kith_error *err);

/** Writes into the audit log whom the pack is about, and who is in its pictures (disclose); map may be NULL. */
kith_status packs_disclose(const kith_call *call, const kith_dossier *dossiers, size_t count,
                           const kith_scene *map, const kith_network *network, kith_error *err);

/** Points out wording that blames a child in what a pack would print, before it is made (R67). */
kith_status packs_warn(const kith_call *call, const kith_dossier *dossiers, size_t count, kith_error *err);

#endif
