-- undo_scale: takes away the scales that a load brought.
--   :batch  INTEGER
-- scans: scale
DELETE FROM scale WHERE batch = :batch;
