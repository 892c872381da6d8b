-- erase_scale: takes away the person's scales.
--   :entity  INTEGER  row of entity
DELETE FROM scale WHERE person = :entity;
