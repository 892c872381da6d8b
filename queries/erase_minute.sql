-- erase_minute: takes away what meetings decided of the record.
--   :entity  INTEGER  row of entity
DELETE FROM minute WHERE subject = :entity;
