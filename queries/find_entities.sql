-- find_entities: the rows that have a key, a load a row.
--   :key  TEXT
--   -> entities BLOB
SELECT entities
  FROM find_key
 WHERE key = :key
 ORDER BY batch
