-- assessment_ids: the outside id of every assessment.
--   -> row INTEGER; id TEXT
-- scans: assessment
SELECT row, id FROM assessment ORDER BY id;
