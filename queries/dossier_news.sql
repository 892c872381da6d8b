-- dossier_news: what the hub has heard of one person, group, place or object since a day, of every
-- record that is one with it.
--   :row     INTEGER  row of entity
--   :loaded  TEXT     first day of loading
--   :until   TEXT     last day of loading
--   -> what TEXT (event, link, flag, condition, context, action); record, other INTEGER (row in its
--      table; of a link or condition the entity at its other end, 0 for none); text, loaded_on TEXT
-- scans: participation link flag restriction context action
SELECT what, record, other, text, substr(b.loaded_at, 1, 10) AS loaded_on
  FROM (SELECT 'event' AS what, p.event AS record, 0 AS other, '' AS text, p.batch, p.person AS entity
          FROM participation AS p
        UNION
        SELECT 'link', l.row, l.to_entity, '', l.batch, l.from_entity FROM link AS l
        UNION ALL
        SELECT 'link', l.row, l.from_entity, '', l.batch, l.to_entity FROM link AS l
        UNION ALL
        SELECT 'flag', f.row, 0, f.flag || CASE WHEN f.status <> '' THEN ': ' || f.status ELSE '' END,
               f.batch, f.person FROM flag AS f
        UNION ALL
        SELECT 'condition', r.row, ifnull(r.other, 0), r.kind, r.batch, r.person FROM restriction AS r
        UNION ALL
        SELECT 'condition', r.row, r.person, r.kind, r.batch, r.other FROM restriction AS r
        UNION ALL
        SELECT 'context', c.row, 0, c.context || ' (' || c.valence || '): ' || c.summary, c.batch, c.subject
          FROM context AS c
        UNION ALL
        SELECT 'action', a.row, 0, a.action, a.batch, a.subject FROM action AS a) AS w
  JOIN batch AS b ON b.row = w.batch
 WHERE w.entity IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
   AND substr(b.loaded_at, 1, 10) BETWEEN :loaded AND :until
 ORDER BY b.loaded_at, what, record, other
