-- erase_restriction: takes away conditions on the person, or about them.
--   :entity  INTEGER  row of entity
DELETE FROM restriction WHERE person = :entity OR other = :entity;
