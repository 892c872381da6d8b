-- undo_deed_row: takes away what changes kept of the records that a load brought.
--   :batch  INTEGER
-- scans: entity event
DELETE FROM deed_row
 WHERE entity IN (SELECT row FROM entity WHERE batch = :batch)
    OR other IN (SELECT row FROM entity WHERE batch = :batch)
    OR event IN (SELECT row FROM event WHERE batch = :batch);
