-- minute_add: what a meeting decided.
--   :subject  INTEGER  row of entity; missing for none
--   :meeting  :decided_on  :kind  :text  :user  :purpose  :recorded_at  TEXT
INSERT INTO minute (subject, meeting, decided_on, kind, text, user, purpose, recorded_at, undone_at, undone_by)
VALUES (:subject, :meeting, :decided_on, :kind, :text, :user, :purpose, :recorded_at, '', '');
