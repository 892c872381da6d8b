-- screening_flags: the flags of a person and of the records confirmed to be the same person.
--   :row  INTEGER  the person
--   -> record, flag, status, valid_from, valid_to TEXT
SELECT 'flag:' || f.row AS record, f.flag, f.status, f.valid_from, f.valid_to
  FROM flag AS f
  JOIN origin AS o ON o.row = f.origin
 WHERE f.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
   AND ifnull(o.info_grade, '') <> 'E'
 ORDER BY f.valid_from, f.row
