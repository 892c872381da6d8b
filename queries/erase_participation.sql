-- erase_participation: takes away the person's part in events.
--   :entity  INTEGER  row of entity
DELETE FROM participation WHERE person = :entity;
