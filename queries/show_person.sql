-- show_person: the fields of one person that are filled, one a row.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT '' AS date, e.id AS record, f.field || ': ' || f.value AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM (SELECT 0 AS place, 'name' AS field, p.name AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 1 AS place, 'aliases' AS field, p.aliases AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 2 AS place, 'dob' AS field, p.dob AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 3 AS place, 'sex' AS field, p.sex AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 4 AS place, 'ethnicity' AS field, p.ethnicity AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 5 AS place, 'local_authority' AS field, p.local_authority AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 6 AS place, 'school' AS field, coalesce((SELECT id FROM entity WHERE row = p.school), '') AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 7 AS place, 'postcode' AS field, p.postcode AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 8 AS place, 'address' AS field, p.address AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 9 AS place, 'identifiers' AS field, p.identifiers AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 10 AS place, 'notes' AS field, p.notes AS value FROM person AS p WHERE p.entity = :row
        UNION ALL SELECT 11 AS place, 'extra' AS field, p.extra AS value FROM person AS p WHERE p.entity = :row) AS f
  JOIN entity AS e ON e.row = :row
  JOIN provenance AS v ON v.origin = e.origin
 WHERE f.value <> ''
 ORDER BY f.place
