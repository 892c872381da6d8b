-- decision_all: the decisions that hold, by the ids of their records.
--   -> one, other, kind INTEGER; one_id, other_id TEXT; same INTEGER; user, decided_at TEXT
-- scans: decision
SELECT d.one, d.other, a.kind, a.id AS one_id, b.id AS other_id, d.same, d.user, d.decided_at
  FROM decision AS d
  JOIN entity AS a ON a.row = d.one
  JOIN entity AS b ON b.row = d.other
 WHERE d.undone_at = ''
 ORDER BY a.kind, a.id, b.id;
