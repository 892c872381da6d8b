-- near_people: who and what an event names, with the origins of it.
--   :row  INTEGER  of event
--   -> entity INTEGER (people, and the place; 0: none is given); origin INTEGER
SELECT person AS entity, origin
  FROM participation
 WHERE event = :row
UNION
SELECT ifnull(location, 0), origin
  FROM event
 WHERE row = :row
 ORDER BY entity, origin;
