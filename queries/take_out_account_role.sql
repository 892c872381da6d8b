-- take_out_account_role: takes away a role of an account, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM account_role
 WHERE account = json_extract(:image, '$.account') AND role = json_extract(:image, '$.role')
   AND json_object('account', account, 'role', role) = :image;
