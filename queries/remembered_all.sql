-- remembered_all: the views that a user remembers, by name.
--   :user  TEXT
--   -> name, text, kept_at TEXT
SELECT name, text, kept_at FROM remembered WHERE user = :user ORDER BY name;
