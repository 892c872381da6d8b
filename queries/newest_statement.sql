-- newest_statement: the newest day, on or before a day, on which a context, an
-- assessment or a safety scale was observed. A month counts as its last day.
--   :as_of  TEXT  YYYY-MM-DD
--   -> day TEXT (NULL when there is none)
-- scans: context, assessment, scale
-- one row
SELECT max(day) AS day
  FROM (SELECT CASE length(observed) WHEN 7
                    THEN date(observed || '-01', '+1 month', '-1 day')
                    ELSE substr(observed, 1, 10) END AS day
          FROM (SELECT observed_on AS observed FROM context
                UNION ALL SELECT assessed_on FROM assessment
                UNION ALL SELECT rated_on FROM scale)
         WHERE observed <> '')
 WHERE day <= :as_of;
