-- SPDX-License-Identifier: GPL-3.0-or-later
-- indexes: the ways into the data that a hub has, but one: a hub also knows a link by its
-- content. Made after the load, in one change, as that is the fastest.
BEGIN;
CREATE UNIQUE INDEX persons_id ON persons (person_id);
CREATE UNIQUE INDEX locations_id ON locations (location_id);
CREATE UNIQUE INDEX events_id ON events (event_id);
CREATE INDEX events_location ON events (location_id);
CREATE INDEX participations_event ON participations (event_id);
CREATE INDEX participations_person ON participations (person_id);
CREATE INDEX links_from ON links (from_id);
CREATE INDEX links_to ON links (to_id);
COMMIT;
