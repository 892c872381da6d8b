-- undo_indicator: takes away the indicators that a load brought.
--   :batch  INTEGER
-- scans: indicator
DELETE FROM indicator WHERE batch = :batch;
