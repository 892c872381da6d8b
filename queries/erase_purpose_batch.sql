-- erase_purpose_batch: empties a purpose.
--   :row  INTEGER
UPDATE batch SET purpose = '' WHERE row = :row;
