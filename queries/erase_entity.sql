-- erase_entity: takes away the record.
--   :entity  INTEGER  row
DELETE FROM entity WHERE row = :entity;
