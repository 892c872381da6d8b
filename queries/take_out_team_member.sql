-- take_out_team_member: takes away who is in a team, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM team_member
 WHERE team = json_extract(:image, '$.team') AND account = json_extract(:image, '$.account')
   AND json_object('team', team, 'account', account) = :image;
