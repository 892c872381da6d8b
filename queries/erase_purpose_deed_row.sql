-- erase_purpose_deed_row: empties a purpose in what a change has kept, as the row itself has it now.
--   :row  INTEGER
UPDATE deed_row
   SET before = json_replace(before, '$.purpose', ''), after = json_replace(after, '$.purpose', '')
 WHERE row = :row;
