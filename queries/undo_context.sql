-- undo_context: takes away the context items that a load brought.
--   :batch  INTEGER
-- scans: context
DELETE FROM context WHERE batch = :batch;
