-- night_known: the last event that had been loaded by some load: rows are given in the order of loading.
--   :load  INTEGER  row of batch
--   -> row INTEGER
-- scans: event (from its end, over what later loads brought)
-- one row
SELECT row FROM event WHERE batch <= :load ORDER BY row DESC LIMIT 1;
