-- place_protections: what is entered as protecting a place, the newest first within a place.
--   -> place INTEGER (the row that stands for it); observed_on, summary, report_ref TEXT;
--      source_grade INTEGER, info_grade TEXT (both missing when ungraded)
-- scans: context
SELECT coalesce(s.leader, c.subject) AS place, c.observed_on, c.summary, o.report_ref,
       o.source_grade, o.info_grade
  FROM context AS c
  JOIN entity AS e ON e.row = c.subject
  JOIN origin AS o ON o.row = c.origin
  LEFT JOIN sameness AS s ON s.entity = c.subject
 WHERE c.valence = 'protective' AND e.kind = 2
 ORDER BY 1, c.observed_on DESC, c.row
