-- deed_find: one change.
--   :row  INTEGER
--   -> at, user, what TEXT; load, undoes, undone_by INTEGER (NULL: none); records INTEGER;
--      kept INTEGER (its rows that are still there)
-- one row
SELECT d.at, d.user, d.what, d.load, d.undoes, d.undone_by, d.records,
       (SELECT count(*) FROM deed_row AS r WHERE r.deed = d.row) AS kept
  FROM deed AS d
 WHERE d.row = :row AND d.open = 0;
