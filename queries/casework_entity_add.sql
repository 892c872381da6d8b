-- casework_entity_add: who a case is about; nothing when that is known.
--   :casework  :entity  INTEGER
INSERT INTO casework_entity (casework, entity) VALUES (:casework, :entity) ON CONFLICT DO NOTHING;
