-- erase_purpose_decision: empties a purpose.
--   :row  INTEGER
UPDATE decision SET purpose = '' WHERE row = :row;
