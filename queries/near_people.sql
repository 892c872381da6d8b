-- near_people: whom an event names, with the origins of it. Who has several parts in it comes as often.
--   :row  INTEGER  of event
--   -> person, origin INTEGER
SELECT person, origin
  FROM participation
 WHERE event = :row
 ORDER BY person, role, origin, conviction_ref, extra, nth;
