-- put_back_source_right: puts back by what right a source is held as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO source_right
    (source, held_for, basis, controller, review_on, user, set_at)
SELECT json_extract(:image, '$.source'), json_extract(:image, '$.held_for'), json_extract(:image, '$.basis'),
       json_extract(:image, '$.controller'), json_extract(:image, '$.review_on'),
       json_extract(:image, '$.user'), json_extract(:image, '$.set_at');
