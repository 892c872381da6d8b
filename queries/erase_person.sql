-- erase_person: takes away the person.
--   :entity  INTEGER  row of entity
DELETE FROM person WHERE entity = :entity;
