-- undo_kept: takes a load's people out of the groups whose letters are kept.
--   :batch  INTEGER
-- scans: entity
DELETE FROM kept_member WHERE person IN (SELECT row FROM entity WHERE batch = :batch);
