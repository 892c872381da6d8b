-- source_rights: by what right the records of each source are held, and sources of which that is not said.
--   -> source, held_for, basis, controller, review_on, user, set_at TEXT ('' where it is not said); sent INTEGER (1: it has records)
-- scans: source_right source
SELECT n.source, coalesce(r.held_for, '') AS held_for, coalesce(r.basis, '') AS basis,
       coalesce(r.controller, '') AS controller, coalesce(r.review_on, '') AS review_on,
       coalesce(r.user, '') AS user, coalesce(r.set_at, '') AS set_at,
       EXISTS (SELECT 1 FROM source AS s WHERE s.name = n.source) AS sent
  FROM (SELECT source FROM source_right UNION SELECT name FROM source) AS n
  LEFT JOIN source_right AS r ON r.source = n.source
 ORDER BY n.source;
