-- casework_add: a case; nothing when its id is there.
--   :id  :opened_at  :opened_by  TEXT
INSERT INTO casework (id, restricted, opened_at, opened_by) VALUES (:id, 0, :opened_at, :opened_by)
ON CONFLICT (id) DO NOTHING;
