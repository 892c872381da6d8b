-- deed_rows: what a change did, the last first.
--   :deed  INTEGER
--   -> row INTEGER; table_name, before, after TEXT (NULL: no row)
SELECT row, table_name, before, after FROM deed_row WHERE deed = :deed ORDER BY row DESC;
