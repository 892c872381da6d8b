-- set_back_minute: makes a decision of a meeting what it was, where it is as it was left.
--   :image  TEXT  what it was, as deed_row has it
--   :left  TEXT  what it is
UPDATE OR IGNORE minute
   SET subject = json_extract(:image, '$.subject'), meeting = json_extract(:image, '$.meeting'),
       decided_on = json_extract(:image, '$.decided_on'), kind = json_extract(:image, '$.kind'),
       text = json_extract(:image, '$.text'), user = json_extract(:image, '$.user'),
       purpose = json_extract(:image, '$.purpose'), recorded_at = json_extract(:image, '$.recorded_at'),
       undone_at = json_extract(:image, '$.undone_at'), undone_by = json_extract(:image, '$.undone_by')
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'subject', subject, 'meeting', meeting, 'decided_on', decided_on, 'kind', kind,
                   'text', text, 'user', user, 'purpose', purpose, 'recorded_at', recorded_at,
                   'undone_at', undone_at, 'undone_by', undone_by) = :left;
