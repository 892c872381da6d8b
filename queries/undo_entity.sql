-- undo_entity: takes away the ids that a load made known.
--   :batch  INTEGER
-- scans: entity
DELETE FROM entity WHERE batch = :batch;
