-- near_event: one event, as the network needs it.
--   :row  INTEGER
--   -> row INTEGER; id TEXT; kind INTEGER (a row of word); occurred_at, ended_at TEXT;
--      location INTEGER (a row of entity; 0: none); severity INTEGER (0: none); origin INTEGER
-- one row
SELECT row, id, kind, occurred_at, ended_at, ifnull(location, 0) AS location,
       ifnull(severity, 0) AS severity, origin
  FROM event
 WHERE row = :row;
