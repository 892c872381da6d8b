-- show_links: the declared links of one person, place, group or object, both ways, of every record
-- that is one with it.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
  WITH one AS (SELECT :row AS entity
               UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
SELECT k.valid_from AS date, coalesce(k.id, 'link:' || k.row) AS record,
       a.id || ' ' || w.text || ' ' || b.id
           || CASE WHEN k.valence <> '' THEN ', ' || k.valence ELSE '' END
           || CASE WHEN k.weight IS NOT NULL THEN ', weight ' || k.weight ELSE '' END
           || CASE WHEN k.conviction_ref <> '' THEN ', conviction ' || k.conviction_ref ELSE '' END
           || CASE WHEN k.valid_to <> '' THEN ' (to ' || k.valid_to || ')' ELSE '' END
           || CASE WHEN k.notes <> '' THEN ': ' || k.notes ELSE '' END
           || CASE WHEN k.extra <> '' THEN ' ' || k.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM (SELECT * FROM link WHERE from_entity IN (SELECT entity FROM one)
        UNION SELECT * FROM link WHERE to_entity IN (SELECT entity FROM one)) AS k
  JOIN entity AS a ON a.row = k.from_entity
  JOIN entity AS b ON b.row = k.to_entity
  JOIN word AS w ON w.row = k.kind
  JOIN provenance AS v ON v.origin = k.origin
 ORDER BY w.text, a.id, b.id, k.row
