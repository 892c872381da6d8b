-- picture_last: the last picture kept on or before as-of.
--   :audience  :subject  :layout  TEXT
--   :as_of  TEXT  last day
--   -> row INTEGER; as_of TEXT
SELECT row, as_of
  FROM picture
 WHERE audience = :audience AND subject = :subject AND layout = :layout AND as_of <= :as_of
 ORDER BY as_of DESC
 LIMIT 1;
