-- location_add: keeps a place.
--   :entity  INTEGER
--   :name  TEXT
--   :kind  INTEGER
--   :lat  :lon  :easting  :northing  REAL
--   :postcode  :address  :extra  TEXT
INSERT INTO location
    (entity, name, kind, lat, lon, easting, northing, postcode, address, extra)
VALUES
    (:entity, :name, :kind, :lat, :lon, :easting, :northing, :postcode, :address, :extra);
