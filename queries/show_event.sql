-- show_event: the fields of one event that are filled, one a row.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT '' AS date, e.id AS record, f.field || ': ' || f.value AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM (SELECT 0 AS place, 'kind' AS field, (SELECT text FROM word WHERE row = p.kind) AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 1 AS place, 'occurred_at' AS field, p.occurred_at AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 2 AS place, 'ended_at' AS field, p.ended_at AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 3 AS place, 'location' AS field, coalesce((SELECT id FROM entity WHERE row = p.location), '') AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 4 AS place, 'severity' AS field, coalesce(CAST(p.severity AS TEXT), '') AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 5 AS place, 'summary' AS field, p.summary AS value FROM event AS p WHERE p.row = :row
        UNION ALL SELECT 6 AS place, 'extra' AS field, p.extra AS value FROM event AS p WHERE p.row = :row) AS f
  JOIN event AS e ON e.row = :row
  JOIN provenance AS v ON v.origin = e.origin
 WHERE f.value <> ''
 ORDER BY f.place
