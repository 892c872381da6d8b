-- link_read: a link as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its row
--   -> id, from_entity, to_entity, kind, valence TEXT; weight REAL; valid_from, valid_to,
--      conviction_ref, notes, extra, source, report_ref TEXT; source_grade INTEGER;
--      info_grade, other_grade, handling, conditions, recorded_on TEXT
-- one row
SELECT t.id,
       CASE source_end.kind WHEN 1 THEN 'person:' WHEN 2 THEN 'location:' WHEN 3 THEN 'group:'
           ELSE 'object:' END || source_end.id AS from_entity,
       CASE target_end.kind WHEN 1 THEN 'person:' WHEN 2 THEN 'location:' WHEN 3 THEN 'group:'
           ELSE 'object:' END || target_end.id AS to_entity,
       word.text AS kind, t.valence, t.weight, t.valid_from, t.valid_to, t.conviction_ref,
       t.notes, t.extra, source.name AS source, origin.report_ref, origin.source_grade,
       origin.info_grade, origin.other_grade, origin.handling, origin.conditions,
       origin.recorded_on
  FROM link AS t
  JOIN entity AS source_end ON source_end.row = t.from_entity
  JOIN entity AS target_end ON target_end.row = t.to_entity
  JOIN word ON word.row = t.kind
  JOIN origin ON origin.row = t.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.row = :row;
