-- take_out_remembered: takes away a remembered view, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM remembered
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'user', user, 'name', name, 'text', text, 'kept_at', kept_at) = :image;
