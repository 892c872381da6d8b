-- set_back_right_needed: makes whether a right is needed what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE right_needed
   SET needed = json_extract(:image, '$.needed')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'needed', needed) = :left;
