-- erase_event: takes away the events that only this person took part in, and that no context item of
--   another record rests on.
--   :entity  INTEGER  row of entity
-- scans: context
DELETE FROM event
 WHERE row IN (SELECT event FROM participation WHERE person = :entity)
   AND NOT EXISTS (SELECT 1 FROM participation AS p WHERE p.event = event.row AND p.person <> :entity)
   AND row NOT IN (SELECT event FROM context WHERE event IS NOT NULL AND subject <> :entity);
