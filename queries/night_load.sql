-- night_load: the newest load.
--   -> load INTEGER
-- one row
SELECT row AS load FROM batch ORDER BY row DESC LIMIT 1;
