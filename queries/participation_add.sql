-- participation_add: keeps a person's part in an event; nothing when it is there already.
--   :event  :person  :role  INTEGER  rows of event, entity and word
--   :conviction_ref  :extra  TEXT
--   :nth  INTEGER  which of equal rows it is, from 1
--   :origin  :batch  INTEGER
INSERT INTO participation (event, person, role, conviction_ref, extra, nth, origin, batch)
VALUES (:event, :person, :role, :conviction_ref, :extra, :nth, :origin, :batch)
ON CONFLICT DO NOTHING;
