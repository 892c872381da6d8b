-- erase_flag: takes away the person's flags.
--   :entity  INTEGER  row of entity
DELETE FROM flag WHERE person = :entity;
