-- erase_case: takes the record out of every case.
--   :entity  INTEGER
DELETE FROM casework_entity WHERE entity = :entity;
