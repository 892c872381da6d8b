-- undo_corrections: what a load replaced, record by record.
--   :batch  INTEGER
--   -> table_name TEXT; record INTEGER; field, old_value TEXT
-- scans: correction
SELECT table_name, record, field, old_value FROM correction
 WHERE batch = :batch
 ORDER BY table_name, record, row;
