-- restriction_all: every condition that keeps a person from another, or from a place.
--   -> person INTEGER (a row of entity: of one that stands for it, if any); other INTEGER (NULL when it names nobody);
--      kind, imposed_by, valid_from, valid_to TEXT
-- scans: restriction
SELECT coalesce(s.leader, r.person) AS person, coalesce(t.leader, r.other) AS other, r.kind,
       r.imposed_by, r.valid_from, r.valid_to
  FROM restriction AS r
  LEFT JOIN sameness AS s ON s.entity = r.person
  LEFT JOIN sameness AS t ON t.entity = r.other
 ORDER BY coalesce(s.leader, r.person), coalesce(t.leader, r.other), r.kind, r.valid_from, r.row;
