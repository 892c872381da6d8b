-- history_list: changes of the window by when they were made, the newest first.
--   :since  :as_of  TEXT  first and last day, both included
--   :user  TEXT  only this user's; '' for everybody's
--   -> change INTEGER; at, by, what, about, why TEXT; undoes, undone_by INTEGER (NULL: none)
-- scans: deed
SELECT d.row AS change, d.at, d.user AS by, d.what,
       coalesce((SELECT group_concat(id, ' ') FROM
                    (SELECT e.id FROM deed_row AS r JOIN entity AS e ON e.row IN (r.entity, r.other)
                      WHERE r.deed = d.row AND r.table_name <> 'picture_place'
                     UNION
                     SELECT r.about FROM deed_row AS r WHERE r.deed = d.row AND r.about <> ''
                     ORDER BY 1)), '') AS about,
       d.why, d.undoes, d.undone_by
  FROM deed AS d
 WHERE substr(d.at, 1, 10) BETWEEN :since AND :as_of AND (:user = '' OR d.user = :user) AND d.open = 0
 ORDER BY d.row DESC;
