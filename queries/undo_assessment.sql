-- undo_assessment: takes away the assessments that a load brought.
--   :batch  INTEGER
-- scans: assessment
DELETE FROM assessment WHERE batch = :batch;
