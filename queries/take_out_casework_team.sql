-- take_out_casework_team: takes away a team of a case, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM casework_team
 WHERE casework = json_extract(:image, '$.casework') AND team = json_extract(:image, '$.team')
   AND json_object('casework', casework, 'team', team) = :image;
