-- undo_contest: takes away the contests that a load brought.
--   :batch  INTEGER
-- scans: contest
DELETE FROM contest WHERE batch = :batch;
