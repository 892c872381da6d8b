-- screening_births: dates of birth of a person and of the records confirmed to be the same person.
--   :row  INTEGER  the person
--   -> dob TEXT
SELECT p.dob
  FROM person AS p
 WHERE p.entity IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
   AND p.dob <> ''
 ORDER BY p.entity
