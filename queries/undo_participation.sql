-- undo_participation: takes away the participations that a load brought.
--   :batch  INTEGER
-- scans: participation
DELETE FROM participation WHERE batch = :batch;
