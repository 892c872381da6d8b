-- take_out_source_right: takes away by what right a source is held, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM source_right
 WHERE source = json_extract(:image, '$.source')
   AND json_object('source', source, 'held_for', held_for, 'basis', basis, 'controller', controller,
                   'review_on', review_on, 'user', user, 'set_at', set_at) = :image;
