-- undo_later: records of a load, or corrected by it, that later loads have corrected.
--   :batch  INTEGER
--   -> table_name, id TEXT; batch INTEGER
-- scans: correction
SELECT c.table_name,
       CASE c.table_name WHEN 'event' THEN (SELECT id FROM event WHERE row = c.record)
                         WHEN 'link' THEN (SELECT id FROM link WHERE row = c.record)
                         WHEN 'assessment' THEN (SELECT id FROM assessment WHERE row = c.record)
                         WHEN 'action' THEN (SELECT id FROM action WHERE row = c.record)
                         WHEN 'contest' THEN (SELECT id FROM contest WHERE row = c.record)
                         ELSE (SELECT id FROM entity WHERE row = c.record) END AS id,
       min(c.batch) AS batch
  FROM correction AS c
 WHERE c.batch > :batch
   AND (EXISTS (SELECT 1 FROM correction AS own WHERE own.table_name = c.table_name
                   AND own.record = c.record AND own.batch = :batch)
     OR c.table_name IN ('person', 'location', 'grouping', 'object')
        AND EXISTS (SELECT 1 FROM entity WHERE entity.row = c.record AND entity.batch = :batch)
     OR c.table_name = 'event'
        AND EXISTS (SELECT 1 FROM event WHERE event.row = c.record AND event.batch = :batch)
     OR c.table_name = 'link'
        AND EXISTS (SELECT 1 FROM link WHERE link.row = c.record AND link.batch = :batch)
     OR c.table_name = 'assessment'
        AND EXISTS (SELECT 1 FROM assessment WHERE assessment.row = c.record AND assessment.batch = :batch)
     OR c.table_name = 'action'
        AND EXISTS (SELECT 1 FROM action WHERE action.row = c.record AND action.batch = :batch)
     OR c.table_name = 'contest'
        AND EXISTS (SELECT 1 FROM contest WHERE contest.row = c.record AND contest.batch = :batch))
 GROUP BY c.table_name, c.record
 ORDER BY c.table_name, c.record;
