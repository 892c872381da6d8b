-- remembered_drop: forgets a view.
--   :user  :name  TEXT
DELETE FROM remembered WHERE user = :user AND name = :name;
