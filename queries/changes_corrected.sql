-- changes_corrected: fields of earlier records that loads after one have corrected, from what they
-- were to what they are, the fields of one record together.
--   :load  INTEGER  a row of batch
--   -> table_name TEXT; record INTEGER; id, detail, field, old_value, new_value, grade (the record's own now),
--      observed, loaded_at, touched (rows of entity, blanks between) TEXT
-- scans: correction
WITH said AS (
    SELECT c.table_name, c.record, c.field, c.old_value, min(c.row) AS first FROM correction AS c
     WHERE c.batch > :load GROUP BY c.table_name, c.record, c.field),
newest AS (
    SELECT c.table_name, c.record, c.field, c.new_value, max(c.row) AS last, c.batch FROM correction AS c
     WHERE c.batch > :load GROUP BY c.table_name, c.record, c.field),
it AS (
    SELECT s.table_name, s.record, s.field, s.old_value, n.new_value, s.first, n.batch
      FROM said AS s JOIN newest AS n
        ON n.table_name = s.table_name AND n.record = s.record AND n.field = s.field
     WHERE s.old_value <> n.new_value)
SELECT r.table_name, r.record, r.id, r.detail, r.field, r.old_value, r.new_value,
       (SELECT grade FROM provenance WHERE origin = r.origin) AS grade, r.observed, batch.loaded_at, r.touched
  FROM (SELECT it.*, e.id, '' AS detail, '' AS observed, e.batch AS own, e.origin,
               CAST(e.row AS TEXT) AS touched
          FROM it JOIN entity AS e ON e.row = it.record
         WHERE it.table_name IN ('person', 'location', 'grouping', 'object')
        UNION ALL
        SELECT it.*, e.id, '', e.occurred_at, e.batch, e.origin,
               ifnull(e.location, 0) || ifnull((SELECT ' ' || group_concat(person, ' ') FROM participation
                                                 WHERE event = e.row), '')
          FROM it JOIN event AS e ON e.row = it.record
         WHERE it.table_name = 'event'
        UNION ALL
        SELECT it.*, ifnull(l.id, ''), f.id || char(9) || o.id, l.valid_from, l.batch, l.origin,
               l.from_entity || ' ' || l.to_entity
          FROM it JOIN link AS l ON l.row = it.record
          JOIN entity AS f ON f.row = l.from_entity JOIN entity AS o ON o.row = l.to_entity
         WHERE it.table_name = 'link'
        UNION ALL
        SELECT it.*, a.id, '', a.assessed_on, a.batch, a.origin, CAST(a.person AS TEXT)
          FROM it JOIN assessment AS a ON a.row = it.record
         WHERE it.table_name = 'assessment'
        UNION ALL
        SELECT it.*, a.id, '', '', a.batch, a.origin, ifnull(CAST(a.subject AS TEXT), '')
          FROM it JOIN action AS a ON a.row = it.record
         WHERE it.table_name = 'action'
        UNION ALL
        SELECT it.*, c.id, '', CASE WHEN c.resolved_on <> '' THEN c.resolved_on ELSE c.contested_on END, c.batch,
               c.origin,
               CASE WHEN c.link IS NOT NULL
                    THEN (SELECT from_entity || ' ' || to_entity FROM link WHERE row = c.link)
                    WHEN c.context IS NOT NULL
                    THEN (SELECT CAST(subject AS TEXT) FROM context WHERE row = c.context)
                    WHEN c.subject IS NOT NULL THEN CAST(c.subject AS TEXT)
                    ELSE (SELECT ifnull(location, 0)
                                 || ifnull((SELECT ' ' || group_concat(person, ' ') FROM participation
                                             WHERE event = v.row), '') FROM event AS v WHERE v.row = c.event) END
          FROM it JOIN contest AS c ON c.row = it.record
         WHERE it.table_name = 'contest') AS r
  LEFT JOIN batch ON batch.row = r.batch
 WHERE r.own <= :load
 ORDER BY r.table_name, r.observed, r.id, r.record, r.first;
