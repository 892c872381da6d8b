-- find_unready_loads: the loads that are not in the index of find_key, but for those taken back.
--   -> batch INTEGER
SELECT b.row AS batch
  FROM batch AS b
 WHERE b.records > 0
   AND NOT EXISTS (SELECT 1 FROM find_key AS k WHERE k.key = '' AND k.batch = b.row)
 ORDER BY b.row;
