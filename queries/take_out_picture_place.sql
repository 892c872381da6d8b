-- take_out_picture_place: takes away a place in a kept picture, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM picture_place
 WHERE rowid = json_extract(:image, '$.rowid')
   AND json_object('rowid', rowid, 'picture', picture, 'entity', entity, 'event', event, 'x', x, 'y', y,
                   'width', width, 'height', height, 'pinned', pinned) = :image;
