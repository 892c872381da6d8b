-- SPDX-License-Identifier: GPL-3.0-or-later
-- tables: the generated files as they are, a column each.
CREATE TABLE persons (person_id TEXT, name TEXT, dob TEXT, sex TEXT, local_authority TEXT);
CREATE TABLE locations (location_id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL);
CREATE TABLE events (event_id TEXT, kind TEXT, occurred_at TEXT, location_id TEXT, source TEXT);
CREATE TABLE participations (event_id TEXT, person_id TEXT, role TEXT);
CREATE TABLE links (from_id TEXT, to_id TEXT, kind TEXT, valid_from TEXT, valid_to TEXT, source TEXT,
                    source_grade INTEGER, info_grade TEXT);
