-- near_events: the events of one person, or at one place, each once, whenever they were.
--   :row  INTEGER  of entity
--   -> event INTEGER (its row)
SELECT event
  FROM participation
 WHERE person = :row
 UNION
SELECT row
  FROM event
 WHERE location = :row
 ORDER BY event;
