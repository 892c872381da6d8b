/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file power.h What of a program's changes of files the disk has, and what it may not have yet.
 *
 * A write, a new length, a new file, a removal and a renaming are the program's only until the
 * file, or the folder for names, is synced: when the power goes, the disk has any of those that
 * were not, in any order. Each is told here before it is made. What is older than 65,536 changes is
 * taken for written.
 */
#ifndef KITH_TESTS_POWER_H
#define KITH_TESTS_POWER_H

#include <stdbool.h>
#include <sys/types.h>

/** So many bytes are about to be written to file, at a place or, -1, where it stands. */
void power_write(int file, size_t size, off_t at);

/** File is about to be cut or lengthened. */
void power_cut(int file, off_t size);

/** File, or folder, is on the disk as it is now. */
void power_synced(int file);

/** A file was made under a name that was free. */
void power_made(const char *path);

void power_removing(const char *path);
void power_renaming(const char *from, const char *to);

/** The power goes: of what is not synced everything is lost, or some of it, by the seed. */
void power_lost(bool all, unsigned seed);

/** Nothing is to be lost any more: what was kept for that is removed. */
void power_kept(void);

#endif
