-- deed_undone: a change is taken back by the one under way.
--   :row  INTEGER
UPDATE deed SET undone_by = (SELECT row FROM deed WHERE open > 0) WHERE row = :row;
