-- erase_purpose_deed: empties a purpose.
--   :row  INTEGER
UPDATE deed SET why = '' WHERE row = :row;
