-- put_back_team_member: puts back who is in a team as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO team_member
    (team, account)
SELECT json_extract(:image, '$.team'), json_extract(:image, '$.account')
 WHERE EXISTS (SELECT 1 FROM account WHERE row = json_extract(:image, '$.account'));
