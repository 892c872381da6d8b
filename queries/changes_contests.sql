-- changes_contests: contests that came after a load, and how each stood on as-of.
--   :as_of  TEXT  day
--   :load  INTEGER  a row of batch
--   -> id, record, role, field, contested_by, state, resolved_on, resolved_by, observed, loaded_at TEXT;
--      touched (rows of entity, blanks between) TEXT; source, grade TEXT
-- scans: contest
SELECT c.id,
       CASE WHEN c.link IS NOT NULL THEN ifnull(l.id, 'link:' || c.link)
            WHEN c.context IS NOT NULL THEN 'context:' || c.context
            WHEN c.event IS NOT NULL AND c.subject IS NOT NULL THEN e.id || ' in ' || v.id
            ELSE ifnull(v.id, e.id) END AS record,
       c.role, c.field, c.contested_by,
       CASE WHEN h.open THEN 'open' ELSE c.state END AS state,
       CASE WHEN h.open THEN '' ELSE c.resolved_on END AS resolved_on,
       CASE WHEN h.open THEN '' ELSE c.resolved_by END AS resolved_by,
       c.contested_on AS observed, b.loaded_at,
       CASE WHEN c.link IS NOT NULL THEN l.from_entity || ' ' || l.to_entity
            WHEN c.context IS NOT NULL THEN CAST(i.subject AS TEXT)
            WHEN c.subject IS NOT NULL THEN CAST(c.subject AS TEXT)
            ELSE ifnull(v.location, 0) || ifnull((SELECT ' ' || group_concat(person, ' ') FROM participation
                                                   WHERE event = c.event), '') END AS touched,
       o.source, o.grade
  FROM contest AS c
  JOIN (SELECT row, state = 'open' OR resolved_on || CASE length(resolved_on) WHEN 7 THEN '-31' ELSE '' END > :as_of
                    AS open
          FROM contest) AS h ON h.row = c.row
  JOIN batch AS b ON b.row = c.batch
  JOIN provenance AS o ON o.origin = c.origin
  LEFT JOIN entity AS e ON e.row = c.subject
  LEFT JOIN event AS v ON v.row = c.event
  LEFT JOIN link AS l ON l.row = c.link
  LEFT JOIN context AS i ON i.row = c.context
 WHERE c.batch > :load
 ORDER BY c.contested_on, c.id;
