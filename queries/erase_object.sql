-- erase_object: takes away the object.
--   :entity  INTEGER  row of entity
DELETE FROM object WHERE entity = :entity;
