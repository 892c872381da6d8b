-- erase_purpose_kept: empties a purpose.
--   :row  INTEGER
UPDATE kept SET purpose = '' WHERE row = :row;
