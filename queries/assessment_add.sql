-- assessment_add: keeps an assessment.
--   :id  TEXT
--   :person  INTEGER
--   :tool  :assessed_on  :assessor_role  :level  :extra  TEXT
--   :origin  :batch  INTEGER
INSERT INTO assessment
    (id, person, tool, assessed_on, assessor_role, level, extra, origin, batch)
VALUES
    (:id, :person, :tool, :assessed_on, :assessor_role, :level, :extra, :origin, :batch);
