-- kept_members: who was in which group when letters were kept; who is one person by now, once.
--   :kept  INTEGER  a row of kept
--   -> person, letter INTEGER (a row of entity; from 0); weight REAL
SELECT coalesce(s.leader, m.person) AS person, m.letter, m.weight
  FROM kept_member AS m
  LEFT JOIN sameness AS s ON s.entity = m.person
 WHERE m.kept = :kept
 ORDER BY person, m.weight DESC, m.letter;
