-- change_count: how many changes the hub has seen.
--   -> changes INTEGER
-- one row
-- scans: change_count
SELECT changes FROM change_count;
