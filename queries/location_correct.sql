-- location_correct: gives a place the content that its source now sends.
--   :name  TEXT
--   :kind  INTEGER
--   :lat  :lon  :easting  :northing  REAL
--   :postcode  :address  :extra  TEXT
--   :row  INTEGER
UPDATE location
   SET name = :name, kind = :kind, lat = :lat, lon = :lon, easting = :easting,
       northing = :northing, postcode = :postcode, address = :address, extra = :extra
 WHERE entity = :row;
