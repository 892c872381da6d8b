-- assessment_read: an assessment as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its row
--   -> id, person, tool, assessed_on, assessor_role, level, extra, source, report_ref TEXT;
--      source_grade INTEGER; info_grade, other_grade, handling, conditions, recorded_on TEXT
-- one row
SELECT t.id, person_entity.id AS person, t.tool, t.assessed_on, t.assessor_role, t.level,
       t.extra, source.name AS source, origin.report_ref, origin.source_grade,
       origin.info_grade, origin.other_grade, origin.handling, origin.conditions,
       origin.recorded_on
  FROM assessment AS t
  JOIN entity AS person_entity ON person_entity.row = t.person
  JOIN origin ON origin.row = t.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.row = :row;
