-- contest_read: a contest as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its row
--   -> id, subject, event, link, record, role, field, contested_by, contested_on, reason, state,
--      resolved_on, resolved_by, resolution, extra, source, report_ref TEXT; source_grade INTEGER;
--      info_grade, other_grade, handling, conditions, recorded_on TEXT
-- one row
SELECT t.id,
       CASE e.kind WHEN 1 THEN 'person:' WHEN 2 THEN 'location:' WHEN 3 THEN 'group:'
           ELSE 'object:' END || e.id AS subject,
       v.id AS event, l.id AS link,
       CASE WHEN t.context IS NOT NULL THEN 'context:' || t.context
            WHEN t.link IS NOT NULL AND l.id IS NULL THEN 'link:' || t.link
            ELSE '' END AS record,
       t.role, t.field, t.contested_by, t.contested_on, t.reason, t.state,
       t.resolved_on, t.resolved_by, t.resolution,
       t.extra, source.name AS source, origin.report_ref, origin.source_grade,
       origin.info_grade, origin.other_grade, origin.handling, origin.conditions,
       origin.recorded_on
  FROM contest AS t
  LEFT JOIN entity AS e ON e.row = t.subject
  LEFT JOIN event AS v ON v.row = t.event
  LEFT JOIN link AS l ON l.row = t.link
  JOIN origin ON origin.row = t.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.row = :row;
