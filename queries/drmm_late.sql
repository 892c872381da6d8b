-- drmm_late: events that the hub heard of between two days.
--   :loaded  :until  TEXT  first and last day of loading
--   -> row INTEGER; loaded_on TEXT
-- scans: event
SELECT e.row, substr(b.loaded_at, 1, 10) AS loaded_on
  FROM event AS e
  JOIN batch AS b ON b.row = e.batch
 WHERE substr(b.loaded_at, 1, 10) BETWEEN :loaded AND :until
 ORDER BY e.occurred_at, e.id
