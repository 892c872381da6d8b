-- event_all: every event that may lie in a window, as the network needs it: of the months of its
-- first day to its last, and those without a day, whatever else is written in its place.
--   :since  :as_of  TEXT
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; id TEXT; kind INTEGER (a row of word); occurred_at, ended_at TEXT;
--      location INTEGER (a row of entity; 0: none); severity INTEGER (0: none); origin INTEGER
-- scans: event
SELECT row, id, kind, occurred_at, ended_at, ifnull(location, 0) AS location,
       ifnull(severity, 0) AS severity, origin
  FROM event
 WHERE (occurred_at >= substr(:since, 1, 7) OR occurred_at < '0')
   AND (occurred_at < :as_of || '~' OR occurred_at > '9~') AND batch <= :through
 ORDER BY row;
