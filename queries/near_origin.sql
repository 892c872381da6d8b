-- near_origin: one origin, as the network needs it.
--   :row  INTEGER
--   -> row INTEGER; source INTEGER (a row of source; 0: not given); report_ref TEXT;
--      source_grade TEXT ('1' to '3', '' when ungraded); info_grade TEXT; handling TEXT
-- one row
SELECT row, ifnull(source, 0) AS source, report_ref,
       ifnull(CAST(source_grade AS TEXT), '') AS source_grade,
       ifnull(info_grade, '') AS info_grade, handling
  FROM origin
 WHERE row = :row;
