-- take_out_decision: takes away a decision of who is who, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM decision
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'one', one, 'other', other, 'same', same, 'user', user, 'purpose', purpose,
                   'decided_at', decided_at, 'undone_at', undone_at, 'undone_by', undone_by) = :image;
