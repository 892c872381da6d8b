-- find_last: the highest row of a person, place, group or object; none in an empty hub.
--   -> entity INTEGER
-- scans: entity (one step, from its end)
SELECT row AS entity
  FROM entity
 ORDER BY row DESC
 LIMIT 1
