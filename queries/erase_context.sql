-- erase_context: takes away context items of the record.
--   :entity  INTEGER  row of entity
DELETE FROM context WHERE subject = :entity;
