-- erase_deed: takes away what changes kept of the record, and of events that are gone.
--   :entity  INTEGER  row of entity
-- scans: deed_row
DELETE FROM deed_row
 WHERE entity = :entity OR other = :entity
    OR (event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE event.row = deed_row.event));
