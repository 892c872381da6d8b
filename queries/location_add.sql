-- location_add: keeps a place.
INSERT OR FAIL INTO location
    (entity, name, kind, lat, lon, easting, northing, postcode, address, extra)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
  FROM waiting;
