/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packs.h: what the commands that make packs share. */
#ifndef KITH_CLI_PACKS_H
#define KITH_CLI_PACKS_H

#include "command.h"
#include "kith/dossier.h"
#include "kith/scene.h"

/** Refuses a file that is neither .html nor .pdf, and full names for nobody in particular. */
kith_status packs_check(const kith_call *call, kith_error *err);

/** Whether -o asks for PDF. */
bool packs_is_pdf(const kith_call *call);

/**
 * Writes the files of a pack: PATH, or where there are several PATH with -1, -2, ... before its
 * ending. Says what was written.
 */
kith_status packs_write(kith_call *call, const kith_text *html, size_t count, kith_error *err);

/**
 * Opens the hub: for writing when a pack is written whose pictures are kept, and when it can be;
 * else for reading, which is said where the pictures are not kept for it.
 */
kith_status packs_open(kith_call *call, kith_error *err);

/* A picture of a pack, and what it is of for kith_positions. */
typedef struct packs_picture {
    kith_scene *scene;
    const char *subject;
} packs_picture;

/**
 * Gives the pictures of a pack the places that they had in the last one, and those that are new
 * places of their own; and keeps them for the next one. A hub that cannot be written, or that
 * another is writing, keeps nothing, which is said.
 */
kith_status packs_place(kith_call *call, const packs_picture *pictures, size_t count, kith_error *err);

/** Points out wording that blames a child in what a pack would print, before it is made (R67). */
kith_status packs_warn(const kith_call *call, const kith_dossier *dossiers, size_t count, kith_error *err);

#endif
