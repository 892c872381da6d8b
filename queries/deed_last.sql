-- deed_last: the last change of a user that holds, and is not the taking back of another.
--   :user  TEXT
--   -> row INTEGER
-- scans: deed (from its end)
SELECT row FROM deed
 WHERE user = :user AND undone_by IS NULL AND undoes IS NULL AND open = 0
 ORDER BY row DESC
 LIMIT 1;
