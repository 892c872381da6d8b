-- context_scales: the 0-10 safety scales of one person, the oldest first.
--   :subject  INTEGER  row of entity
--   -> rated_on, rater TEXT; score INTEGER (missing: not asked)
SELECT rated_on, rater, score
  FROM scale
 WHERE person = :subject
 ORDER BY rated_on, row
