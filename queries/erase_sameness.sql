-- erase_sameness: takes the record out of those that were confirmed.
--   :entity  INTEGER  row of entity
DELETE FROM sameness WHERE entity = :entity OR leader = :entity;
