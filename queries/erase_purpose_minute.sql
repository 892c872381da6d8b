-- erase_purpose_minute: empties a purpose.
--   :row  INTEGER
UPDATE minute SET purpose = '' WHERE row = :row;
