-- origin_find: the row of an origin, if it is there.
--   :source  INTEGER  row of source, 0 without
--   :report_ref  TEXT
--   :source_grade  INTEGER  0 without
--   :info_grade  :other_grade  :handling  :conditions  :recorded_on  TEXT  '' without
--   -> row INTEGER
-- one row
SELECT row
  FROM origin
 WHERE ifnull(source, 0) = :source AND report_ref = :report_ref
   AND ifnull(source_grade, 0) = :source_grade AND ifnull(info_grade, '') = :info_grade
   AND other_grade = :other_grade AND handling = :handling AND conditions = :conditions
   AND recorded_on = :recorded_on;
