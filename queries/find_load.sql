-- find_load: what the records that a load made or corrected are called.
--   :batch  INTEGER
--   -> entity, kind INTEGER; id, name, aliases, dob, identifiers, postcode TEXT
-- scans: entity correction
SELECT e.row AS entity, e.kind, e.id,
       coalesce(p.name, l.name, g.name, o.label, '') AS name,
       coalesce(p.aliases, '') AS aliases,
       coalesce(p.dob, '') AS dob,
       coalesce(p.identifiers, '') AS identifiers,
       coalesce(p.postcode, l.postcode, '') AS postcode
  FROM entity AS e
  LEFT JOIN person AS p ON p.entity = e.row
  LEFT JOIN location AS l ON l.entity = e.row
  LEFT JOIN grouping AS g ON g.entity = e.row
  LEFT JOIN object AS o ON o.entity = e.row
 WHERE e.batch = :batch
    OR e.row IN (SELECT record FROM correction
                  WHERE batch = :batch AND table_name IN ('person', 'location', 'grouping', 'object'))
 ORDER BY e.row;
