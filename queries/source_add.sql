-- source_add: keeps the name of an agency.
--   :name  TEXT  not empty
INSERT INTO source (name) VALUES (:name);
