-- sameness_add: a record, and the one that stands for it.
--   :entity  :leader  INTEGER
INSERT INTO sameness (entity, leader) VALUES (:entity, :leader);
