-- put_back_casework: puts back a case as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO casework
    (row, id, restricted, opened_at, opened_by)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.id'), json_extract(:image, '$.restricted'),
       json_extract(:image, '$.opened_at'), json_extract(:image, '$.opened_by');
