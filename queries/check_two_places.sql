-- check_two_places: people recorded at two places at the same minute.
--   -> severity, table_name, id, field, message TEXT
-- scans: participation
SELECT DISTINCT 'WARNING' AS severity, 'events' AS table_name, a.id, 'location_id' AS field,
       n.id || ' is in ' || a.id || ' and in ' || b.id || ' at ' || a.occurred_at || ', at two places; one may be a reporting time' AS message
  FROM participation AS t
  JOIN event AS a ON a.row = t.event AND a.location IS NOT NULL AND length(a.occurred_at) >= 16
  JOIN participation AS u ON u.person = t.person AND u.event > t.event
  JOIN event AS b ON b.row = u.event AND b.location IS NOT NULL
                  AND b.occurred_at = a.occurred_at AND b.location <> a.location
  JOIN entity AS n ON n.row = t.person
 ORDER BY a.id, b.id, n.id
