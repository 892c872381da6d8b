-- action_read: an action as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its row
--   -> id, subject, context, goal, action, due, owner_role, measure_of_success, status, extra,
--      source, report_ref TEXT; source_grade INTEGER; info_grade, other_grade, handling,
--      conditions, recorded_on TEXT
-- one row
SELECT t.id,
       CASE subject_entity.kind WHEN 1 THEN 'person:' WHEN 2 THEN 'location:' WHEN 3 THEN 'group:'
           ELSE 'object:' END || subject_entity.id AS subject,
       t.context, t.goal, t.action, t.due, t.owner_role, t.measure_of_success, t.status,
       t.extra, source.name AS source, origin.report_ref, origin.source_grade,
       origin.info_grade, origin.other_grade, origin.handling, origin.conditions,
       origin.recorded_on
  FROM action AS t
  LEFT JOIN entity AS subject_entity ON subject_entity.row = t.subject
  JOIN origin ON origin.row = t.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.row = :row;
