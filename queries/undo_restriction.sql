-- undo_restriction: takes away the constraints that a load brought.
--   :batch  INTEGER
-- scans: restriction
DELETE FROM restriction WHERE batch = :batch;
