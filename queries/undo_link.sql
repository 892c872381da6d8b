-- undo_link: takes away the links that a load brought.
--   :batch  INTEGER
-- scans: link
DELETE FROM link WHERE batch = :batch;
