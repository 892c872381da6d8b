-- erase_deed_picture: takes away what changes kept of pictures that name the record.
--   :id  TEXT
-- scans: deed_row
DELETE FROM deed_row WHERE table_name = 'picture' AND instr(about, :id) > 0;
