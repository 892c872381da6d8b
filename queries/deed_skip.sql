-- deed_skip: from here on the change under way keeps no rows.
UPDATE deed SET open = 2 WHERE open > 0;
