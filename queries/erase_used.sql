-- erase_used: how many records of others rest on a place, a group or an object.
--   :entity  INTEGER  row of entity
--   -> used INTEGER
-- one row
SELECT (SELECT count(*) FROM event WHERE location = :entity)
       + (SELECT count(*) FROM person WHERE school = :entity)
       + (SELECT count(*) FROM link WHERE from_entity = :entity)
       + (SELECT count(*) FROM link WHERE to_entity = :entity) AS used;
