-- grouping_add: keeps a group.
--   :entity  INTEGER
--   :name  TEXT
--   :kind  INTEGER
--   :extra  TEXT
INSERT INTO grouping
    (entity, name, kind, extra)
VALUES
    (:entity, :name, :kind, :extra);
