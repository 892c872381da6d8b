-- assessment_correct: gives an assessment the content that its source now sends.
--   :person  INTEGER
--   :tool  :assessed_on  :assessor_role  :level  :extra  TEXT
--   :origin  :row  INTEGER
UPDATE assessment
   SET person = :person, tool = :tool, assessed_on = :assessed_on,
       assessor_role = :assessor_role, level = :level, extra = :extra, origin = :origin
 WHERE row = :row;
