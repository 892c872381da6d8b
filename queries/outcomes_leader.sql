-- outcomes_leader: the record that stands for a record; itself when it is alone.
--   :row  INTEGER  row of entity
--   -> leader INTEGER
-- one row
SELECT coalesce((SELECT leader FROM sameness WHERE entity = :row), :row) AS leader
