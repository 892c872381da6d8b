-- put_back_review: puts back what a review decided as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO review
    (row, entity, decision, until, reason, user, purpose, decided_on, recorded_at)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.entity'), json_extract(:image, '$.decision'),
       json_extract(:image, '$.until'), json_extract(:image, '$.reason'), json_extract(:image, '$.user'),
       json_extract(:image, '$.purpose'), json_extract(:image, '$.decided_on'),
       json_extract(:image, '$.recorded_at');
