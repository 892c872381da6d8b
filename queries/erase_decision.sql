-- erase_decision: takes away who was decided to be this record, and who not.
--   :entity  INTEGER  row of entity
-- scans: decision
DELETE FROM decision WHERE one = :entity OR other = :entity;
