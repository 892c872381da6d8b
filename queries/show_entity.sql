-- show_entity: what an id stands for. An id may stand for one record of each kind.
--   :id  TEXT
--   -> row, kind INTEGER
SELECT row, kind FROM entity WHERE id = :id ORDER BY kind
