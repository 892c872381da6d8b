-- check_age: people who would be older than 110.
--   :as_of  TEXT
--   -> severity, table_name, id, field, message TEXT
-- scans: person entity
SELECT 'WARNING' AS severity, 'persons' AS table_name, n.id, 'dob' AS field,
       'born ' || p.dob || ', more than 110 years before the as-of date; the century may be wrong' AS message
  FROM person AS p
  JOIN entity AS n ON n.row = p.entity
 WHERE p.dob <> '' AND CAST(substr(p.dob, 1, 4) AS INTEGER) < CAST(strftime('%Y', :as_of) AS INTEGER) - 110
 ORDER BY n.id
