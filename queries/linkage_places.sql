-- linkage_places: what tells places apart, by id.
--   -> row INTEGER; id, name, aliases, dob, sex, school, postcode, address, identifiers TEXT;
--      lat, lon REAL (missing when unknown)
-- scans: entity
SELECT e.row, e.id, l.name, '' AS aliases, '' AS dob, '' AS sex, '' AS school, l.postcode,
       l.address, '' AS identifiers, l.lat, l.lon
  FROM entity AS e
  JOIN location AS l ON l.entity = e.row
 WHERE e.kind = 2
 ORDER BY e.id;
