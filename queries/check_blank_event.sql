-- check_blank_event: how much each agency leaves blank in its records of events (R20).
--   -> severity, table_name, id, field, message TEXT
-- scans: event
WITH filled AS (
    SELECT v.source, e.occurred_at = '' AS occurred_at, e.location IS NULL AS location, e.severity IS NULL AS severity
      FROM event AS e
      JOIN provenance AS v ON v.origin = e.origin),
counted AS (
    SELECT 'occurred_at' AS field, source, count(*) AS records, sum(occurred_at) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'location_id' AS field, source, count(*) AS records, sum(location) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'severity' AS field, source, count(*) AS records, sum(severity) AS blank FROM filled GROUP BY source)
SELECT 'NOTE' AS severity, 'events' AS table_name, '' AS id, field,
       CASE WHEN source = '' THEN 'records without a source' ELSE source END || ': '
           || blank || ' of ' || records || ' blank (' || CAST(round(100.0 * blank / records) AS INTEGER) || ' %)' AS message
  FROM counted
 WHERE blank > 0
 ORDER BY field, source
