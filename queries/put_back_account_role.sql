-- put_back_account_role: puts back a role of an account as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO account_role
    (account, role)
SELECT json_extract(:image, '$.account'), json_extract(:image, '$.role')
 WHERE EXISTS (SELECT 1 FROM account WHERE row = json_extract(:image, '$.account'));
