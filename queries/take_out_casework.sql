-- take_out_casework: takes away a case, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM casework
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'id', id, 'restricted', restricted, 'opened_at', opened_at,
                   'opened_by', opened_by) = :image
   AND NOT EXISTS (SELECT 1 FROM casework_team AS c WHERE c.casework = json_extract(:image, '$.row'))
   AND NOT EXISTS (SELECT 1 FROM casework_entity AS c WHERE c.casework = json_extract(:image, '$.row'));
