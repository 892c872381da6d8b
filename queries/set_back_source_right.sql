-- set_back_source_right: makes by what right a source is held what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE source_right
   SET held_for = json_extract(:image, '$.held_for'), basis = json_extract(:image, '$.basis'),
       controller = json_extract(:image, '$.controller'), review_on = json_extract(:image, '$.review_on'),
       user = json_extract(:image, '$.user'), set_at = json_extract(:image, '$.set_at')
 WHERE source = json_extract(:image, '$.source')
   AND json_object('source', source, 'held_for', held_for, 'basis', basis, 'controller', controller,
                   'review_on', review_on, 'user', user, 'set_at', set_at) = :left;
