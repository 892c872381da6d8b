-- put_back_remembered: puts back a remembered view as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO remembered (row, user, name, text, kept_at)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.user'), json_extract(:image, '$.name'),
       json_extract(:image, '$.text'), json_extract(:image, '$.kept_at');
