-- set_back_casework: makes a case what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE casework
   SET id = json_extract(:image, '$.id'), restricted = json_extract(:image, '$.restricted'),
       opened_at = json_extract(:image, '$.opened_at'), opened_by = json_extract(:image, '$.opened_by')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'id', id, 'restricted', restricted, 'opened_at', opened_at,
                   'opened_by', opened_by) = :left;
