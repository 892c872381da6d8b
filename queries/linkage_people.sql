-- linkage_people: what tells people apart, by id.
--   -> row INTEGER; id, name, aliases, dob, sex, school, postcode, address, identifiers TEXT;
--      lat, lon REAL (missing)
-- scans: entity
SELECT e.row, e.id, p.name, p.aliases, p.dob, p.sex, coalesce(s.id, '') AS school, p.postcode,
       p.address, p.identifiers, NULL AS lat, NULL AS lon
  FROM entity AS e
  JOIN person AS p ON p.entity = e.row
  LEFT JOIN entity AS s ON s.row = p.school
 WHERE e.kind = 1
 ORDER BY e.id;
