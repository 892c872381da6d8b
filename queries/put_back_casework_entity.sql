-- put_back_casework_entity: puts back who a case is about as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO casework_entity
    (casework, entity)
SELECT json_extract(:image, '$.casework'), json_extract(:image, '$.entity')
 WHERE EXISTS (SELECT 1 FROM casework WHERE row = json_extract(:image, '$.casework'));
