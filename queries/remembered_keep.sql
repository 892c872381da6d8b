-- remembered_keep: remembers a view, in the place of one of the same name.
--   :user  :name  :text  :kept_at  TEXT
INSERT INTO remembered (user, name, text, kept_at) VALUES (:user, :name, :text, :kept_at)
ON CONFLICT (user, name) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at;
