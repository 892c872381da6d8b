-- alert_first: the first day that a list before some day has covered.
--   :list  TEXT  schools or ppn
--   :day   TEXT  YYYY-MM-DD
--   -> day TEXT
-- one row
SELECT day FROM alert_list WHERE list = :list AND day < :day ORDER BY day, row LIMIT 1;
