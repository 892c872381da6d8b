-- dossier_corrected: what later loads corrected of one person, place, group or object, of every record
-- that is one with it, of its links and actions, and of the events that it was in.
--   :row  INTEGER  row of entity
--   :as_of  TEXT  last day of loading
--   -> what, field TEXT (event, link, action, or the record itself); corrected_at TEXT
-- scans: entity link action participation
SELECT CASE WHEN c.table_name IN ('event', 'link', 'action') THEN c.table_name ELSE 'record' END AS what,
       c.field, b.loaded_at AS corrected_at
  FROM (SELECT e.row AS entity, 'person' AS table_name, e.row AS record FROM entity AS e
        UNION ALL SELECT e.row, 'location', e.row FROM entity AS e
        UNION ALL SELECT e.row, 'grouping', e.row FROM entity AS e
        UNION ALL SELECT e.row, 'object', e.row FROM entity AS e
        UNION ALL SELECT l.from_entity, 'link', l.row FROM link AS l
        UNION ALL SELECT l.to_entity, 'link', l.row FROM link AS l
        UNION ALL SELECT a.subject, 'action', a.row FROM action AS a
        UNION ALL SELECT p.person, 'event', p.event FROM participation AS p) AS of
 CROSS JOIN correction AS c ON c.table_name = of.table_name AND c.record = of.record
 CROSS JOIN batch AS b ON b.row = c.batch
 WHERE of.entity IN (SELECT :row
                     UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
   AND substr(b.loaded_at, 1, 10) <= :as_of
 GROUP BY c.row
 ORDER BY b.loaded_at DESC, c.row
