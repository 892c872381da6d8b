-- set_back_account: makes an account what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE account
   SET name = json_extract(:image, '$.name'), agency = json_extract(:image, '$.agency'),
       added_at = json_extract(:image, '$.added_at'), added_by = json_extract(:image, '$.added_by'),
       revoked_at = json_extract(:image, '$.revoked_at'), revoked_by = json_extract(:image, '$.revoked_by')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'name', name, 'agency', agency, 'added_at', added_at, 'added_by', added_by,
                   'revoked_at', revoked_at, 'revoked_by', revoked_by) = :left;
