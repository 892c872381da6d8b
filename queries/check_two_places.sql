-- check_two_places: people recorded at two places at the same minute.
--   -> severity, table_name, id, field, message TEXT
-- scans: participation
WITH twice AS (
    SELECT t.person, e.occurred_at
      FROM participation AS t
      JOIN event AS e ON e.row = t.event AND e.location IS NOT NULL AND length(e.occurred_at) >= 16
     GROUP BY t.person, e.occurred_at
    HAVING min(e.location) <> max(e.location))
SELECT DISTINCT 'WARNING' AS severity, 'events' AS table_name, a.id, 'location_id' AS field,
       n.id || ' is in ' || a.id || ' and in ' || b.id || ' at ' || a.occurred_at || ', at two places; one may be a reporting time' AS message
  FROM twice AS w
  JOIN participation AS t ON t.person = w.person
  JOIN event AS a ON a.row = t.event AND a.location IS NOT NULL AND a.occurred_at = w.occurred_at
  JOIN participation AS u ON u.person = w.person AND u.event > t.event
  JOIN event AS b ON b.row = u.event AND b.location IS NOT NULL
                  AND b.occurred_at = w.occurred_at AND b.location <> a.location
  JOIN entity AS n ON n.row = w.person
 ORDER BY a.id, b.id, n.id
