-- evidence_flags: the flags of one person, of every record that is one with it.
--   :person  INTEGER  row of entity
--   -> row INTEGER; flag, status, valid_from, valid_to, report_ref, source TEXT; source_grade
--      INTEGER, info_grade TEXT (both missing when ungraded); conditions TEXT
SELECT f.row, f.flag, f.status, f.valid_from, f.valid_to, o.report_ref,
       coalesce(s.name, '') AS source, o.source_grade, o.info_grade, o.conditions
  FROM flag AS f
  JOIN origin AS o ON o.row = f.origin
  LEFT JOIN source AS s ON s.row = o.source
 WHERE f.person IN (SELECT :person
                    UNION ALL SELECT m.entity FROM sameness AS m
                               WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :person)
                                 AND m.entity <> :person)
 ORDER BY f.row
