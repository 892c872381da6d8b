-- erase_purpose_picture: empties a purpose.
--   :row  INTEGER
UPDATE picture SET purpose = '' WHERE row = :row;
