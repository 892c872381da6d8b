-- show_links: the declared links of one person, place, group or object, both ways.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
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
  FROM (SELECT * FROM link WHERE from_entity = :row
        UNION ALL SELECT * FROM link WHERE to_entity = :row) AS k
  JOIN entity AS a ON a.row = k.from_entity
  JOIN entity AS b ON b.row = k.to_entity
  JOIN word AS w ON w.row = k.kind
  JOIN provenance AS v ON v.origin = k.origin
 ORDER BY w.text, a.id, b.id, k.row
