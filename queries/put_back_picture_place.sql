-- put_back_picture_place: puts back a place in a kept picture as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO picture_place
    (rowid, picture, entity, event, x, y, width, height, pinned)
SELECT json_extract(:image, '$.rowid'), json_extract(:image, '$.picture'), json_extract(:image, '$.entity'),
       json_extract(:image, '$.event'), json_extract(:image, '$.x'), json_extract(:image, '$.y'),
       json_extract(:image, '$.width'), json_extract(:image, '$.height'), json_extract(:image, '$.pinned')
 WHERE EXISTS (SELECT 1 FROM picture WHERE row = json_extract(:image, '$.picture'));
