-- panel_add: a panel's own weighting.
--   :subject  INTEGER  row of entity
--   :decided_on  TEXT  YYYY-MM-DD
--   :lead  TEXT  a context, or none
--   :home  :peer  :school  :neighbourhood  :online  REAL  percent; all missing when only a lead was named
--   :reason  :user  :purpose  :recorded_at  TEXT
INSERT INTO panel (subject, decided_on, lead, home, peer, school, neighbourhood, online, reason, user,
                   purpose, recorded_at)
VALUES (:subject, :decided_on, :lead, :home, :peer, :school, :neighbourhood, :online, :reason, :user,
        :purpose, :recorded_at);
