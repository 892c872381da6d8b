-- undo_grouping: takes away the groups that a load brought; their entities follow.
--   :batch  INTEGER
-- scans: grouping
DELETE FROM grouping
 WHERE EXISTS (SELECT 1 FROM entity WHERE entity.row = grouping.entity AND entity.batch = :batch);
