-- undo_event: takes away the events that a load brought.
--   :batch  INTEGER
-- scans: event
DELETE FROM event WHERE batch = :batch;
