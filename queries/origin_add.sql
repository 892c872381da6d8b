-- origin_add: keeps an origin.
--   :source  INTEGER  row of source, or missing
--   :report_ref  TEXT
--   :source_grade  INTEGER
--   :info_grade  :other_grade  :handling  :conditions  :recorded_on  TEXT
INSERT INTO origin (source, report_ref, source_grade, info_grade, other_grade,
                    handling, conditions, recorded_on)
VALUES (:source, :report_ref, :source_grade, :info_grade, :other_grade,
        :handling, :conditions, :recorded_on);
