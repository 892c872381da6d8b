-- panel_of: what panels have decided of one subject, of every record that is one with it, the newest
-- first.
--   :subject  INTEGER  row of entity
--   :as_of    TEXT     last day
--   -> decided_on, lead TEXT; home, peer, school, neighbourhood, online REAL (missing when only a
--      lead was named); reason, user, recorded_at TEXT
SELECT decided_on, lead, home, peer, school, neighbourhood, online, reason, user, recorded_at
  FROM panel
 WHERE subject IN (SELECT :subject
                   UNION ALL SELECT s.entity FROM sameness AS s
                              WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :subject)
                                AND s.entity <> :subject)
   AND decided_on <= :as_of
 ORDER BY decided_on DESC, row DESC
