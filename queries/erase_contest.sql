-- erase_contest: takes away who contested the record, or what goes with it; after its events.
--   :entity  INTEGER  row of entity
-- scans: contest
DELETE FROM contest
 WHERE subject = :entity
    OR (event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE event.row = contest.event))
    OR link IN (SELECT row FROM link WHERE from_entity = :entity
                UNION ALL SELECT row FROM link WHERE to_entity = :entity)
    OR context IN (SELECT row FROM context WHERE subject = :entity);
