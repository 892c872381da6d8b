-- deed_drop: the change under way did nothing that is kept.
--   :row  INTEGER
DELETE FROM deed
 WHERE row = :row AND load IS NULL AND NOT EXISTS (SELECT 1 FROM deed_row WHERE deed_row.deed = deed.row);
