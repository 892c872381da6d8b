-- batch_add: one call of import.
--   :loaded_at  TEXT  when, YYYY-MM-DDThh:mm:ss
--   :user       TEXT  whose key opened the hub
--   :purpose    TEXT  '' when none was given
--   :files      TEXT  names of the files, one a line
--   :records    INTEGER  records that it brought
INSERT INTO batch (loaded_at, user, purpose, files, records)
VALUES (:loaded_at, :user, :purpose, :files, :records);
