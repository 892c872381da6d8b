-- object_add: keeps an object.
--   :entity  :kind  INTEGER
--   :label  :extra  TEXT
INSERT INTO object
    (entity, kind, label, extra)
VALUES
    (:entity, :kind, :label, :extra);
