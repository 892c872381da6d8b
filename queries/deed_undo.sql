-- deed_undo: says of the change under way which one it takes back.
--   :undoes  INTEGER
UPDATE deed SET undoes = :undoes WHERE open > 0;
