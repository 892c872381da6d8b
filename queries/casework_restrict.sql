-- casework_restrict: whether a case's people are seen by its teams only.
--   :restricted  :row  INTEGER
UPDATE casework SET restricted = :restricted WHERE row = :row;
