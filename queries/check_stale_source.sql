-- check_stale_source: agencies that have sent nothing dated in the window, though they did before.
-- An event counts by its day, a context item and an assessment by theirs.
--   :since  :as_of  TEXT
--   -> severity, table_name, id, field, message TEXT
-- scans: event context assessment origin
SELECT 'WARNING' AS severity, 'sources' AS table_name, s.name AS id, '' AS field,
       'nothing dated since ' || :since || '; the newest record is of ' || max(t.day)
           || ': ask whether extracts have stopped' AS message
  FROM (SELECT origin, substr(occurred_at, 1, 10) AS day FROM event
        UNION ALL SELECT origin, observed_on FROM context
        UNION ALL SELECT origin, assessed_on FROM assessment) AS t
  JOIN origin AS o ON o.row = t.origin
  JOIN source AS s ON s.row = o.source
 WHERE t.day <> '' AND t.day <= :as_of
 GROUP BY s.row
HAVING max(t.day) < substr(:since, 1, length(max(t.day)))
 ORDER BY s.name
