-- show_location: the fields of one place that are filled, one a row.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT '' AS date, e.id AS record, f.field || ': ' || f.value AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM (SELECT 0 AS place, 'name' AS field, p.name AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 1 AS place, 'kind' AS field, coalesce((SELECT text FROM word WHERE row = p.kind), '') AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 2 AS place, 'lat' AS field, coalesce(CAST(p.lat AS TEXT), '') AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 3 AS place, 'lon' AS field, coalesce(CAST(p.lon AS TEXT), '') AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 4 AS place, 'easting' AS field, coalesce(CAST(p.easting AS TEXT), '') AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 5 AS place, 'northing' AS field, coalesce(CAST(p.northing AS TEXT), '') AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 6 AS place, 'postcode' AS field, p.postcode AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 7 AS place, 'address' AS field, p.address AS value FROM location AS p WHERE p.entity = :row
        UNION ALL SELECT 8 AS place, 'extra' AS field, p.extra AS value FROM location AS p WHERE p.entity = :row) AS f
  JOIN entity AS e ON e.row = :row
  JOIN provenance AS v ON v.origin = e.origin
 WHERE f.value <> ''
 ORDER BY f.place
