-- find_unready: how many loads are not in the index of find_key.
--   -> loads INTEGER
-- one row
SELECT count(*) AS loads
  FROM main.batch AS b
 WHERE NOT EXISTS (SELECT 1 FROM main.find_key AS k WHERE k.key = '' AND k.batch = b.row)
