-- deed_later: the last change after another that touched the same, and holds.
--   :row  INTEGER  of deed_row
--   -> deed INTEGER; at, user, what TEXT
SELECT d.row AS deed, d.at, d.user, d.what
  FROM deed_row AS r
  JOIN deed_row AS l ON l.table_name = r.table_name AND l.deed > r.deed
                    AND l.entity IS r.entity AND l.other IS r.other AND l.about = r.about
  JOIN deed AS d ON d.row = l.deed AND d.undone_by IS NULL
 WHERE r.row = :row AND d.open = 0
 ORDER BY d.row DESC
 LIMIT 1;
