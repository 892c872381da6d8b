-- put_back_action_step: puts back a step of an action as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO action_step
    (row, action, stepped_on, status, note, user, purpose, recorded_at)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.action'), json_extract(:image, '$.stepped_on'),
       json_extract(:image, '$.status'), json_extract(:image, '$.note'), json_extract(:image, '$.user'),
       json_extract(:image, '$.purpose'), json_extract(:image, '$.recorded_at')
 WHERE EXISTS (SELECT 1 FROM action WHERE row = json_extract(:image, '$.action'));
