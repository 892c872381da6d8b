-- take_out_action_step: takes away a step of an action, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM action_step
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'action', action, 'stepped_on', stepped_on, 'status', status, 'note', note,
                   'user', user, 'purpose', purpose, 'recorded_at', recorded_at) = :image;
