-- take_out_casework_entity: takes away who a case is about, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM casework_entity
 WHERE casework = json_extract(:image, '$.casework') AND entity = json_extract(:image, '$.entity')
   AND json_object('casework', casework, 'entity', entity) = :image;
