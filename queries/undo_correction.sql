-- undo_correction: forgets the corrections of a load, once the old values are back.
--   :batch  INTEGER
-- scans: correction
DELETE FROM correction WHERE batch = :batch;
