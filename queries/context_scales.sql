-- context_scales: the 0-10 safety scales of one person, of every record that is one with
-- it, the oldest first.
--   :subject  INTEGER  row of entity
--   -> rated_on, rater TEXT; score INTEGER (missing: not asked)
SELECT rated_on, rater, score
  FROM scale
 WHERE person IN (SELECT :subject
                  UNION ALL SELECT s.entity FROM sameness AS s
                             WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :subject)
                               AND s.entity <> :subject)
 ORDER BY rated_on, row
