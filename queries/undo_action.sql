-- undo_action: takes away the actions that a load brought.
--   :batch  INTEGER
-- scans: action
DELETE FROM action WHERE batch = :batch;
