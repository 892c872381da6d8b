-- participation_all: who took part in which event, as the network needs it.
--   -> event INTEGER; person INTEGER (a row of entity); role INTEGER (a row of word);
--      origin INTEGER; convicted INTEGER (1 with a conviction reference)
-- scans: participation
SELECT event, person, role, origin, conviction_ref <> '' AS convicted
  FROM participation ORDER BY event, person;
