-- grouping_read: a group as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its entity
--   -> id, name, kind, extra, source, report_ref TEXT; source_grade INTEGER; info_grade,
--      other_grade, handling, conditions, recorded_on TEXT
-- one row
SELECT it.id, t.name, word.text AS kind, t.extra, source.name AS source, origin.report_ref,
       origin.source_grade, origin.info_grade, origin.other_grade, origin.handling,
       origin.conditions, origin.recorded_on
  FROM grouping AS t
  JOIN entity AS it ON it.row = t.entity
  LEFT JOIN word ON word.row = t.kind
  JOIN origin ON origin.row = it.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.entity = :row;
