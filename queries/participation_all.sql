-- participation_all: who took part in which event, as the network needs it.
--   :through  INTEGER  the last load that counts
--   -> event INTEGER; person INTEGER (a row of entity); role INTEGER (a row of word);
--      origin INTEGER; convicted INTEGER (1 with a conviction reference)
-- scans: participation
SELECT event, person, role, origin, conviction_ref <> '' AS convicted
  FROM participation WHERE batch <= :through ORDER BY event, person;
