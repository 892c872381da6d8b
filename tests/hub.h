/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.h: small hubs for tests, written record by record.
 *
 * One hub at a time: begin_hub makes an open one in a folder of its own, the add_
 * functions write it directly, end_hub removes it. A record gets the origin that was
 * set last (ungraded, without a report, at first). A fault fails the test. */
#ifndef KITH_TESTS_HUB_H
#define KITH_TESTS_HUB_H

#include "kith/network.h"

void begin_hub(void);
void end_hub(void);

/** The origin of what follows. grade is "1A", or "" for ungraded. */
void set_origin(const char *source, const char *report_ref, const char *grade);

void add_person(const char *id, const char *dob);
void add_place(const char *id, const char *kind); /* kind "" for none */
void add_group(const char *id, const char *kind);
void add_object(const char *id, const char *kind);

/** place "" for none; severity 0 for none. */
void add_event(const char *id, const char *kind, const char *at, const char *place, int severity);
void add_part(const char *event, const char *person, const char *role);
void add_convicted_part(const char *event, const char *person, const char *role,
                        const char *conviction_ref);

/** weight 0 for none; from and to dates, "" for none. */
void add_link(const char *from, const char *to, const char *kind, double weight,
              const char *valid_from, const char *valid_to);

/** to "" unless the valence is drives; nature, observed_on, event "" and severity 0 for none. */
void add_context(const char *subject, const char *context, const char *valence, const char *to,
                 const char *nature, int severity, const char *observed_on, const char *event);

/** Somebody contests a record. columns and values, in SQL, say which: "link", "3"; "event, subject",
 * "1, 2"; rows of the hub. field "" for all of it; state open, upheld or rejected; settled "" while open. */
void add_contest(const char *columns, const char *values, const char *field, const char *on,
                 const char *state, const char *settled);

/** Runs any statement on the hub. */
void run_sql(const char *sql);

/** The hub, opened for reading; close it with kith_store_close. */
kith_store *open_hub(void);

/** Folder and path of the hub; they live until end_hub. */
const char *hub_folder(void);
const char *hub_path(void);

/** A view of `days` days up to a day (YYYY-MM-DD), both included; 0 days: all dates. */
kith_view view_of(const char *as_of, int days);

/** The network of the hub in a view. */
kith_network network_of(kith_view view);

/** Index of a thing or event by its id. The test fails when there is none. */
uint32_t thing_called(const kith_network *network, const char *id);
uint32_t event_called(const kith_network *network, const char *id);

#endif
