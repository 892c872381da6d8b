-- correction_add: what a correction replaced.
--   :batch  INTEGER
--   :table_name  TEXT
--   :record  INTEGER  row of the record in its table
--   :field  :old_value  :new_value  TEXT
INSERT INTO correction (batch, table_name, record, field, old_value, new_value)
VALUES (:batch, :table_name, :record, :field, :old_value, :new_value);
