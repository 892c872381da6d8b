-- undo_picture_place: takes away the places of what a load brought.
--   :batch  INTEGER
-- scans: entity event
DELETE FROM picture_place
 WHERE entity IN (SELECT row FROM entity WHERE batch = :batch)
    OR event IN (SELECT row FROM event WHERE batch = :batch);
