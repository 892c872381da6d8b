-- put_back_account: puts back an account as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO account
    (row, name, agency, added_at, added_by, revoked_at, revoked_by)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.name'), json_extract(:image, '$.agency'),
       json_extract(:image, '$.added_at'), json_extract(:image, '$.added_by'),
       json_extract(:image, '$.revoked_at'), json_extract(:image, '$.revoked_by');
