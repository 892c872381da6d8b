-- take_out_picture: takes away a kept picture, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM picture
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'audience', audience, 'subject', subject, 'layout', layout, 'as_of', as_of,
                   'user', user, 'purpose', purpose) = :image
   AND NOT EXISTS (SELECT 1 FROM picture_place AS c WHERE c.picture = json_extract(:image, '$.row'));
