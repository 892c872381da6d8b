-- erase_action: takes away the actions for the record.
--   :entity  INTEGER  row of entity
DELETE FROM action WHERE subject = :entity;
