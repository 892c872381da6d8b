-- erase_correction: takes away what corrections replaced in the record, and in what goes with it.
--   :entity  INTEGER  row of entity
-- scans: correction
DELETE FROM correction
 WHERE (table_name IN ('person', 'location', 'grouping', 'object') AND record = :entity)
    OR (table_name = 'link' AND record IN (SELECT row FROM link WHERE from_entity = :entity
                                           UNION ALL SELECT row FROM link WHERE to_entity = :entity))
    OR (table_name = 'context' AND record IN (SELECT row FROM context WHERE subject = :entity))
    OR (table_name = 'flag' AND record IN (SELECT row FROM flag WHERE person = :entity))
    OR (table_name = 'restriction' AND record IN (SELECT row FROM restriction WHERE person = :entity
                                                  UNION ALL
                                                  SELECT row FROM restriction WHERE other = :entity))
    OR (table_name = 'assessment' AND record IN (SELECT row FROM assessment WHERE person = :entity))
    OR (table_name = 'indicator'
        AND record IN (SELECT i.row FROM assessment AS a JOIN indicator AS i ON i.assessment = a.row
                        WHERE a.person = :entity))
    OR (table_name = 'scale' AND record IN (SELECT row FROM scale WHERE person = :entity))
    OR (table_name = 'action' AND record IN (SELECT row FROM action WHERE subject = :entity))
    OR (table_name = 'contest' AND NOT EXISTS (SELECT 1 FROM contest WHERE contest.row = correction.record))
    OR (table_name = 'event' AND NOT EXISTS (SELECT 1 FROM event WHERE event.row = correction.record));
