-- undo_decision: takes away the decisions about a load's records that were taken back.
--   :batch  INTEGER
-- scans: decision
DELETE FROM decision
 WHERE undone_at <> ''
   AND (EXISTS (SELECT 1 FROM entity WHERE row = one AND batch = :batch)
        OR EXISTS (SELECT 1 FROM entity WHERE row = other AND batch = :batch));
