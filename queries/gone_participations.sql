-- gone_participations: every participation of a source, as a load would give it.
--   -> event, person, role, conviction_ref, extra, source, report_ref TEXT; source_grade INTEGER;
--      info_grade, other_grade, handling, conditions, recorded_on TEXT; nth, source_row INTEGER
-- scans: participation event
SELECT event.id AS event, entity.id AS person, word.text AS role, t.conviction_ref, t.extra,
       source.name AS source, origin.report_ref, origin.source_grade, origin.info_grade,
       origin.other_grade, origin.handling, origin.conditions, origin.recorded_on, t.nth,
       source.row AS source_row
  FROM participation AS t
  JOIN event ON event.row = t.event
  JOIN entity ON entity.row = t.person
  JOIN word ON word.row = t.role
  JOIN origin ON origin.row = t.origin
  JOIN source ON source.row = origin.source
 ORDER BY event.id, entity.id, word.text, t.origin, t.conviction_ref, t.extra, t.nth;
