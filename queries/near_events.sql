-- near_events: the events of one person, or at one place, that may lie in a window, as event_all has them. One in which
-- a person has several parts comes as often.
--   :row  INTEGER  of entity
--   :since  :as_of  TEXT
--   -> event INTEGER (its row); location INTEGER (a row of entity; 0: none); origin INTEGER
SELECT p.event, ifnull(e.location, 0) AS location, e.origin
  FROM participation AS p
  JOIN event AS e ON e.row = p.event
 WHERE p.person = :row
   AND (e.occurred_at >= substr(:since, 1, 7) OR e.occurred_at < '0')
   AND (e.occurred_at < :as_of || '~' OR e.occurred_at > '9~')
UNION ALL
SELECT row, location, origin
  FROM event
 WHERE location = :row
   AND (occurred_at >= substr(:since, 1, 7) OR occurred_at < '0')
   AND (occurred_at < :as_of || '~' OR occurred_at > '9~')
 ORDER BY event;
