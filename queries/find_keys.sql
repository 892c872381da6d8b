-- find_keys: the keys from one text on and before another, each once a load, and how many
-- bytes its rows take.
--   :low  :high  TEXT
--   -> key TEXT; size INTEGER
SELECT key, length(entities) AS size
  FROM find_key
 WHERE key >= :low AND key < :high
 ORDER BY key, batch
