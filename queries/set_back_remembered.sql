-- set_back_remembered: makes a remembered view what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE remembered
   SET text = json_extract(:image, '$.text'), kept_at = json_extract(:image, '$.kept_at')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'user', user, 'name', name, 'text', text, 'kept_at', kept_at) = :left;
