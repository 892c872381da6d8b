-- erase_purpose_review: empties a purpose.
--   :row  INTEGER
UPDATE review SET purpose = '' WHERE row = :row;
