-- erase_link: takes away links from and to the record.
--   :entity  INTEGER  row of entity
DELETE FROM link WHERE from_entity = :entity OR to_entity = :entity;
