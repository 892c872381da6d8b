-- take_out_account: takes away an account, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
-- scans: team_member
DELETE FROM account
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'name', name, 'agency', agency, 'added_at', added_at, 'added_by', added_by,
                   'revoked_at', revoked_at, 'revoked_by', revoked_by) = :image
   AND NOT EXISTS (SELECT 1 FROM account_role AS c WHERE c.account = json_extract(:image, '$.row'))
   AND NOT EXISTS (SELECT 1 FROM team_member AS c WHERE c.account = json_extract(:image, '$.row'));
