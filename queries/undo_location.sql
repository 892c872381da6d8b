-- undo_location: takes away the places that a load brought; their entities follow.
--   :batch  INTEGER
-- scans: location
DELETE FROM location
 WHERE EXISTS (SELECT 1 FROM entity WHERE entity.row = location.entity AND entity.batch = :batch);
