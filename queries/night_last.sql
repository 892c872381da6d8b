-- night_last: the last night that was reported before a morning.
--   :before  TEXT  YYYY-MM-DD
--   -> day TEXT; load INTEGER
-- one row
SELECT day, load FROM night WHERE day < :before ORDER BY day DESC, row DESC LIMIT 1;
