-- snapshot: one row. While it is not read to its end, every other reading of the same
-- store sees one state of the hub, whatever another program commits meanwhile.
--   -> one INTEGER (1)
-- scans: sqlite_schema
-- one row
SELECT 1 AS one FROM sqlite_schema LIMIT 1;
