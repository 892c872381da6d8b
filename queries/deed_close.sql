-- deed_close: the change under way is whole.
--   :what  TEXT
--   :row  INTEGER
UPDATE deed SET open = 0, what = :what, records = (SELECT count(*) FROM deed_row WHERE deed_row.deed = deed.row)
 WHERE row = :row;
