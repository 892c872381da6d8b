/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_words.h: what every table of key players says; for players_report.c and explain_players.c. */
#ifndef KITH_PLAYERS_WORDS_H
#define KITH_PLAYERS_WORDS_H

#include "kith/players.h"

typedef struct players_aim {
    const char *fact, *note;
} players_aim;

extern const players_aim players_aims[]; /* one a kith_aim */

/** How many people, and who was left out of them. */
void players_add_people(kith_table *table, const kith_suspects *suspects, bool published);

/** Of whom it was asked, and what it does not show. */
void players_note_limits(kith_table *table, bool published);

#endif
