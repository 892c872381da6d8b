-- find_record: what one person, place, group or object is called, and the row of the record
-- that stands for it when several were confirmed to be one.
--   :row  INTEGER
--   -> entity, leader, kind INTEGER; id, name, aliases, dob, identifiers, postcode TEXT
SELECT e.row AS entity, coalesce(s.leader, e.row) AS leader, e.kind, e.id,
       coalesce(p.name, l.name, g.name, o.label, '') AS name,
       coalesce(p.aliases, '') AS aliases,
       coalesce(p.dob, '') AS dob,
       coalesce(p.identifiers, '') AS identifiers,
       coalesce(p.postcode, l.postcode, '') AS postcode
  FROM entity AS e
  LEFT JOIN sameness AS s ON s.entity = e.row
  LEFT JOIN person AS p ON p.entity = e.row
  LEFT JOIN location AS l ON l.entity = e.row
  LEFT JOIN grouping AS g ON g.entity = e.row
  LEFT JOIN object AS o ON o.entity = e.row
 WHERE e.row = :row
 ORDER BY e.row
