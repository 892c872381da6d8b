-- decision_undo: takes a decision back.
--   :undone_at  :undone_by  TEXT
--   :one  :other  INTEGER  rows of entity, one < other
UPDATE decision SET undone_at = :undone_at, undone_by = :undone_by
 WHERE one = :one AND other = :other AND undone_at = '';
