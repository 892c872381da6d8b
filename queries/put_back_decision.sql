-- put_back_decision: puts back a decision of who is who as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO decision
    (row, one, other, same, user, purpose, decided_at, undone_at, undone_by)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.one'), json_extract(:image, '$.other'),
       json_extract(:image, '$.same'), json_extract(:image, '$.user'), json_extract(:image, '$.purpose'),
       json_extract(:image, '$.decided_at'), json_extract(:image, '$.undone_at'),
       json_extract(:image, '$.undone_by');
