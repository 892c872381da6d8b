-- check_source_right: sources of which it is not said by what right their records are held, or of which that is to be looked at again.
--   :as_of  TEXT
--   -> severity, table_name, id, field, message TEXT
SELECT 'WARNING' AS severity, 'sources' AS table_name, s.name AS id, 'right' AS field,
       CASE WHEN r.source IS NULL
            THEN 'nobody has said by what right these records are held: kith source set'
            ELSE 'the right to hold these records was to be looked at again on ' || r.review_on END AS message
  FROM source AS s
  LEFT JOIN source_right AS r ON r.source = s.name
 WHERE r.source IS NULL OR (r.review_on <> '' AND r.review_on <= :as_of)
 ORDER BY s.name;
