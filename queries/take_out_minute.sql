-- take_out_minute: takes away a decision of a meeting, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM minute
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'subject', subject, 'meeting', meeting, 'decided_on', decided_on, 'kind', kind,
                   'text', text, 'user', user, 'purpose', purpose, 'recorded_at', recorded_at,
                   'undone_at', undone_at, 'undone_by', undone_by) = :image;
