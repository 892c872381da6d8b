-- near_location: one place, as the network needs it.
--   :row  INTEGER  of entity
--   -> row INTEGER (of entity); id, name TEXT; kind INTEGER (a row of word; 0: none);
--      lat, lon, easting, northing REAL (NULL when unknown); origin INTEGER
-- one row
SELECT e.row, e.id, l.name, ifnull(l.kind, 0) AS kind, l.lat, l.lon,
       l.easting, l.northing, e.origin
  FROM location l JOIN entity e ON e.row = l.entity
 WHERE l.entity = :row;
