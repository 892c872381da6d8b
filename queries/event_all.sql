-- event_all: every event, as the network needs it.
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; id TEXT; kind INTEGER (a row of word); occurred_at, ended_at TEXT;
--      location INTEGER (a row of entity; 0: none); severity INTEGER (0: none); origin INTEGER
-- scans: event
SELECT row, id, kind, occurred_at, ended_at, ifnull(location, 0) AS location,
       ifnull(severity, 0) AS severity, origin
  FROM event WHERE batch <= :through ORDER BY row;
