-- entity_origin: the origin of a corrected person, place, group or object.
--   :origin  :row  INTEGER
UPDATE entity SET origin = :origin WHERE row = :row;
