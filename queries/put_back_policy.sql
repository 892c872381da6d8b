-- put_back_policy: puts back a policy as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO policy
    (row, text, kept_at, kept_by)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.text'), json_extract(:image, '$.kept_at'),
       json_extract(:image, '$.kept_by');
