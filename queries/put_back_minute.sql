-- put_back_minute: puts back a decision of a meeting as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO minute
    (row, subject, meeting, decided_on, kind, text, user, purpose, recorded_at, undone_at, undone_by)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.subject'), json_extract(:image, '$.meeting'),
       json_extract(:image, '$.decided_on'), json_extract(:image, '$.kind'), json_extract(:image, '$.text'),
       json_extract(:image, '$.user'), json_extract(:image, '$.purpose'), json_extract(:image, '$.recorded_at'),
       json_extract(:image, '$.undone_at'), json_extract(:image, '$.undone_by');
