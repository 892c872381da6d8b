-- undo_find_key: takes away what a load can be found by.
--   :batch  INTEGER
-- scans: find_key
DELETE FROM find_key WHERE batch = :batch;
