-- put_back_picture: puts back a kept picture as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO picture
    (row, audience, subject, layout, as_of, user, purpose)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.audience'), json_extract(:image, '$.subject'),
       json_extract(:image, '$.layout'), json_extract(:image, '$.as_of'), json_extract(:image, '$.user'),
       json_extract(:image, '$.purpose');
