-- undo_object: takes away the objects that a load brought; their entities follow.
--   :batch  INTEGER
-- scans: object
DELETE FROM object
 WHERE EXISTS (SELECT 1 FROM entity WHERE entity.row = object.entity AND entity.batch = :batch);
