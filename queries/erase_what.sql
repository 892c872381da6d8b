-- erase_what: what a record is called.
--   :entity  INTEGER  row
--   -> kind INTEGER (kith_kind); id, name, aliases TEXT
-- one row
SELECT e.kind, e.id, coalesce(p.name, l.name, g.name, o.label, '') AS name,
       coalesce(p.aliases, '') AS aliases
  FROM entity AS e
  LEFT JOIN person AS p ON p.entity = e.row
  LEFT JOIN location AS l ON l.entity = e.row
  LEFT JOIN grouping AS g ON g.entity = e.row
  LEFT JOIN object AS o ON o.entity = e.row
 WHERE e.row = :entity;
