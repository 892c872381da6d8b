-- erase_files: empties the names of the files of a load.
--   :row  INTEGER
UPDATE batch SET files = '' WHERE row = :row;
