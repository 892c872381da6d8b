-- alert_list_add: a list of alerts that was sent.
--   :list  :day  :sent_at  :user  :purpose  :audience  :names  TEXT
INSERT INTO alert_list (list, day, sent_at, user, purpose, audience, names)
VALUES (:list, :day, :sent_at, :user, :purpose, :audience, :names);
