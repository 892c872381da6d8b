-- erase_review: takes away what reviews decided of the record.
--   :entity  INTEGER  row of entity
DELETE FROM review WHERE entity = :entity;
