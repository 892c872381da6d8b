-- erase_picture: takes away the kept pictures that name the record, with all their places.
--   :id  TEXT
-- scans: picture
DELETE FROM picture
 WHERE instr(' ' || subject || ' ', ':' || :id || ' ') > 0;
