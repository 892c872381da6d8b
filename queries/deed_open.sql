-- deed_open: a change begins; the tables' triggers write what it does beside it.
--   :at  :user  :what  :why  TEXT
--   :open  INTEGER  1: rows are kept; 2: they are not
INSERT INTO deed (at, user, what, why, records, open) VALUES (:at, :user, :what, :why, 0, :open);
