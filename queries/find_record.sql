-- find_record: what one person, place, group or object is called, and the row of the record
-- that stands for it when several were confirmed to be one.
--   :row  INTEGER
--   -> entity, leader, kind INTEGER; id, name, aliases, dob, identifiers, postcode TEXT; known_as
--      TEXT (the name, or the first by id of those that are one with it)
SELECT e.row AS entity, coalesce(s.leader, e.row) AS leader, e.kind, e.id,
       coalesce(p.name, l.name, g.name, o.label, '') AS name,
       coalesce(p.aliases, '') AS aliases,
       coalesce(p.dob, '') AS dob,
       coalesce(p.identifiers, '') AS identifiers,
       coalesce(p.postcode, l.postcode, '') AS postcode,
       coalesce(nullif(coalesce(p.name, l.name, g.name, o.label), ''),
                (SELECT coalesce(q.name, r.name) AS called
                   FROM sameness AS m
                   JOIN entity AS x ON x.row = m.entity
                   LEFT JOIN person AS q ON q.entity = m.entity
                   LEFT JOIN location AS r ON r.entity = m.entity
                  WHERE m.leader = s.leader AND called <> ''
                  ORDER BY x.id
                  LIMIT 1), '') AS known_as
  FROM entity AS e
  LEFT JOIN sameness AS s ON s.entity = e.row
  LEFT JOIN person AS p ON p.entity = e.row
  LEFT JOIN location AS l ON l.entity = e.row
  LEFT JOIN grouping AS g ON g.entity = e.row
  LEFT JOIN object AS o ON o.entity = e.row
 WHERE e.row = :row
 ORDER BY e.row
