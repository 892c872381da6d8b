-- erase_what: what a record is.
--   :entity  INTEGER  row
--   -> id TEXT
-- one row
SELECT id FROM entity WHERE row = :entity;
