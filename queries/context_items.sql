-- context_items: the evidence about the contexts of one person, group or place, of every
-- record that is one with it.
--   :subject  INTEGER  its row of entity
--   -> row INTEGER; context, valence, to_context, nature TEXT; severity INTEGER (missing
--      when not given); observed_on, incident, report_ref, source, summary TEXT;
--      source_grade INTEGER, info_grade TEXT (both missing when ungraded);
--      conditions TEXT ('' unless it is shared with conditions)
SELECT c.row, c.context, c.valence, c.to_context, c.nature, c.severity, c.observed_on,
       coalesce(e.id, '') AS incident, o.report_ref, coalesce(s.name, '') AS source, c.summary,
       o.source_grade, o.info_grade, o.conditions
  FROM context AS c
  JOIN origin AS o ON o.row = c.origin
  LEFT JOIN event AS e ON e.row = c.event
  LEFT JOIN source AS s ON s.row = o.source
 WHERE c.subject IN (SELECT :subject
                     UNION ALL SELECT s.entity FROM sameness AS s
                                WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :subject)
                                  AND s.entity <> :subject)
 ORDER BY c.row
