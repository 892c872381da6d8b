-- find_key_add: the rows that have a key, of one load.
--   :key  TEXT
--   :batch  INTEGER
--   :entities  BLOB
INSERT INTO find_key (key, batch, entities) VALUES (:key, :batch, :entities);
