-- erase_location: takes away the place.
--   :entity  INTEGER  row of entity
DELETE FROM location WHERE entity = :entity;
