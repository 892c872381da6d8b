-- put_back_casework_team: puts back a team of a case as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO casework_team
    (casework, team)
SELECT json_extract(:image, '$.casework'), json_extract(:image, '$.team')
 WHERE EXISTS (SELECT 1 FROM casework WHERE row = json_extract(:image, '$.casework'));
