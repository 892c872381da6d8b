-- participation_from: who took part in which event, from an event on, as the network needs it. Where
-- to stop is the reader's: SQLite would compare each row's whole key.
--   :first  INTEGER  a row of event
--   :through  INTEGER  the last load that counts
--   -> event INTEGER; person INTEGER (a row of entity); role INTEGER (a row of word);
--      origin INTEGER; conviction_ref TEXT ('' for none)
SELECT event, person, role, origin, conviction_ref
  FROM participation WHERE event >= :first AND batch <= :through ORDER BY event, person;
