-- check_confirmed: people of several records, confirmed to be one, of which two differ in what one
-- person has once; a month of birth beside a day in it differs in nothing.
--   -> severity, table_name, id, field, message TEXT
-- scans: sameness
WITH pair AS (
    SELECT x.id AS one, y.id AS other, p.dob AS dob, q.dob AS other_dob, p.sex AS sex, q.sex AS other_sex
      FROM sameness AS a
      JOIN sameness AS b ON b.leader = a.leader
      JOIN entity AS x ON x.row = a.entity
      JOIN entity AS y ON y.row = b.entity AND y.id > x.id
      JOIN person AS p ON p.entity = a.entity
      JOIN person AS q ON q.entity = b.entity)
SELECT 'WARNING' AS severity, 'persons' AS table_name, one AS id, 'dob' AS field,
       'born ' || dob || ', yet ' || other || ', confirmed to be the same person, ' || other_dob
           || '; ask which is right, or undo the confirmation' AS message
  FROM pair
 WHERE dob <> '' AND other_dob <> '' AND substr(dob, 1, length(other_dob)) <> substr(other_dob, 1, length(dob))
UNION ALL
SELECT 'WARNING', 'persons', one, 'sex',
       'sex ' || sex || ', yet ' || other || ', confirmed to be the same person, ' || other_sex
           || '; ask which is right, or undo the confirmation'
  FROM pair
 WHERE sex <> '' AND other_sex <> '' AND lower(substr(sex, 1, 1)) <> lower(substr(other_sex, 1, 1))
 ORDER BY 2, 3, 4, 5
