-- contest_all: who contests what, up to as-of, the newest first, and how it stood then.
--   :as_of  TEXT  day
--   -> row INTEGER; id TEXT; subject, event, link_from, link_to, item_subject INTEGER (rows; 0 for none);
--      record, what, role, field, contested_by, contested_on, reason, state, resolved_on, resolved_by,
--      resolution, source, loaded_at TEXT
-- scans: contest
SELECT c.row, c.id, ifnull(c.subject, 0) AS subject, ifnull(c.event, 0) AS event,
       ifnull(l.from_entity, 0) AS link_from, ifnull(l.to_entity, 0) AS link_to,
       ifnull(i.subject, 0) AS item_subject,
       CASE WHEN c.link IS NOT NULL THEN coalesce(l.id, 'link:' || l.row)
            WHEN c.context IS NOT NULL THEN 'context:' || c.context
            WHEN c.event IS NOT NULL THEN v.id
            ELSE CASE e.kind WHEN 1 THEN 'person:' WHEN 2 THEN 'location:' WHEN 3 THEN 'group:' ELSE 'object:' END
                 || e.id END AS record,
       CASE WHEN c.link IS NOT NULL THEN 'link, ' || k.text
            WHEN c.context IS NOT NULL THEN 'item on ' || i.context || ', ' || i.valence
            WHEN c.event IS NOT NULL AND c.subject IS NOT NULL THEN 'part in ' || w.text
            WHEN c.event IS NOT NULL THEN 'event, ' || w.text
            ELSE 'record' END AS what,
       c.role, c.field, c.contested_by, c.contested_on, c.reason,
       CASE WHEN h.open THEN 'open' ELSE c.state END AS state,
       CASE WHEN h.open THEN '' ELSE c.resolved_on END AS resolved_on,
       CASE WHEN h.open THEN '' ELSE c.resolved_by END AS resolved_by,
       CASE WHEN h.open THEN '' ELSE c.resolution END AS resolution,
       coalesce(s.name, '') AS source, b.loaded_at
  FROM contest AS c
  JOIN (SELECT row, since,
               state = 'open' OR resolved_on || CASE length(resolved_on) WHEN 7 THEN '-31' ELSE '' END > :as_of AS open
          FROM (SELECT row, state, resolved_on,
                       contested_on || CASE length(contested_on) WHEN 7 THEN '-31' ELSE '' END AS since
                  FROM contest)) AS h ON h.row = c.row
  JOIN batch AS b ON b.row = c.batch
  JOIN origin AS o ON o.row = c.origin
  LEFT JOIN source AS s ON s.row = o.source
  LEFT JOIN entity AS e ON e.row = c.subject
  LEFT JOIN event AS v ON v.row = c.event
  LEFT JOIN word AS w ON w.row = v.kind
  LEFT JOIN link AS l ON l.row = c.link
  LEFT JOIN word AS k ON k.row = l.kind
  LEFT JOIN context AS i ON i.row = c.context
 WHERE h.since <= :as_of
 ORDER BY c.contested_on DESC, c.id;
