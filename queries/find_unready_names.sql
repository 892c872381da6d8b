-- find_unready_names: what the people, places, groups and objects are called of loads that are not
-- in the index of find_key; a load that brought none of them is one row.
--   -> batch, entity, kind INTEGER (the last two missing); id, name, aliases, dob, identifiers, postcode TEXT
-- scans: entity
SELECT b.row AS batch, e.row AS entity, e.kind, coalesce(e.id, '') AS id,
       coalesce(p.name, l.name, g.name, o.label, '') AS name,
       coalesce(p.aliases, '') AS aliases,
       coalesce(p.dob, '') AS dob,
       coalesce(p.identifiers, '') AS identifiers,
       coalesce(p.postcode, l.postcode, '') AS postcode
  FROM main.batch AS b
  LEFT JOIN main.entity AS e ON e.batch = b.row
  LEFT JOIN main.person AS p ON p.entity = e.row
  LEFT JOIN main.location AS l ON l.entity = e.row
  LEFT JOIN main.grouping AS g ON g.entity = e.row
  LEFT JOIN main.object AS o ON o.entity = e.row
 WHERE b.records > 0
   AND NOT EXISTS (SELECT 1 FROM main.find_key AS k WHERE k.key = '' AND k.batch = b.row)
 ORDER BY b.row, e.row
