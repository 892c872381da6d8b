-- near_happened: where one event was, if it may lie in a window, as event_all has it.
--   :row  INTEGER
--   :since  :as_of  TEXT
--   -> location INTEGER (a row of entity; 0: none); origin INTEGER
-- one row
SELECT ifnull(location, 0) AS location, origin
  FROM event
 WHERE row = :row
   AND (occurred_at >= substr(:since, 1, 7) OR occurred_at < '0')
   AND (occurred_at < :as_of || '~' OR occurred_at > '9~');
