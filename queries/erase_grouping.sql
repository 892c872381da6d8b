-- erase_grouping: takes away the group.
--   :entity  INTEGER  row of entity
DELETE FROM grouping WHERE entity = :entity;
