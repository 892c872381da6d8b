-- take_out_policy: takes away a policy, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM policy
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'text', text, 'kept_at', kept_at, 'kept_by', kept_by) = :image;
