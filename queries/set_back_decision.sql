-- set_back_decision: makes a decision of who is who what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE decision
   SET one = json_extract(:image, '$.one'), other = json_extract(:image, '$.other'),
       same = json_extract(:image, '$.same'), user = json_extract(:image, '$.user'),
       purpose = json_extract(:image, '$.purpose'), decided_at = json_extract(:image, '$.decided_at'),
       undone_at = json_extract(:image, '$.undone_at'), undone_by = json_extract(:image, '$.undone_by')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'one', one, 'other', other, 'same', same, 'user', user, 'purpose', purpose,
                   'decided_at', decided_at, 'undone_at', undone_at, 'undone_by', undone_by) = :left;
