-- take_out_review: takes away what a review decided, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM review
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'entity', entity, 'decision', decision, 'until', until, 'reason', reason,
                   'user', user, 'purpose', purpose, 'decided_on', decided_on, 'recorded_at', recorded_at) = :image;
