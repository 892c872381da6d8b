-- find_unready: how many loads that the hub holds are not in the index of find_key.
--   -> loads INTEGER
-- one row
SELECT count(*) AS loads
  FROM main.batch AS b
 WHERE b.records > 0
   AND NOT EXISTS (SELECT 1 FROM main.find_key AS k WHERE k.key = '' AND k.batch = b.row)
