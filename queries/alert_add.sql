-- alert_add: one line of a list that was sent.
--   :list  INTEGER  row of alert_list
--   :recipient  :event  :person  :role  :kind  TEXT
--   :late  INTEGER  1 or 0
INSERT INTO alert (list, recipient, event, person, role, kind, late)
VALUES (:list, :recipient, :event, :person, :role, :kind, :late);
