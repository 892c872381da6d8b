-- put_back_panel: puts back a panel's weighting as it was; nothing where it does not fit any more.
--   :image  TEXT  the row, as deed_row has it
INSERT OR IGNORE INTO panel
    (row, subject, decided_on, lead, home, peer, school, neighbourhood, online, reason, user, purpose,
     recorded_at)
SELECT json_extract(:image, '$.row'), json_extract(:image, '$.subject'), json_extract(:image, '$.decided_on'),
       json_extract(:image, '$.lead'), CAST(json_extract(:image, '$.home') AS REAL),
       CAST(json_extract(:image, '$.peer') AS REAL), CAST(json_extract(:image, '$.school') AS REAL),
       CAST(json_extract(:image, '$.neighbourhood') AS REAL), CAST(json_extract(:image, '$.online') AS REAL),
       json_extract(:image, '$.reason'), json_extract(:image, '$.user'), json_extract(:image, '$.purpose'),
       json_extract(:image, '$.recorded_at');
