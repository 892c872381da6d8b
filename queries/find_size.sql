-- find_size: how many bytes the rows of a key take.
--   :key  TEXT
--   -> size INTEGER
-- one row
SELECT coalesce(sum(length(entities)), 0) AS size
  FROM find_key
 WHERE key = :key
