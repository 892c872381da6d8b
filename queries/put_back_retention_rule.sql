-- put_back_retention_rule: puts back a rule of retention as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO retention_rule
    (place, review_group, years, until_age, kind, word, role, source, label)
SELECT json_extract(:image, '$.place'), json_extract(:image, '$.review_group'), json_extract(:image, '$.years'),
       json_extract(:image, '$.until_age'), json_extract(:image, '$.kind'), json_extract(:image, '$.word'),
       json_extract(:image, '$.role'), json_extract(:image, '$.source'), json_extract(:image, '$.label');
