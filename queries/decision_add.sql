-- decision_add: two records are one, or are not.
--   :one  :other  INTEGER  rows of entity, one < other
--   :same  INTEGER  1: one person or place; 0: two
--   :user  :purpose  :decided_at  TEXT
INSERT INTO decision (one, other, same, user, purpose, decided_at, undone_at, undone_by)
VALUES (:one, :other, :same, :user, :purpose, :decided_at, '', '');
