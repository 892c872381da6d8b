-- migrate_4: what records that were confirmed to be one say together, for statements that read
-- single records; engine/network_merge.c does the same for a network.

-- Dates of birth: of several the latest, a month counting as its last day; '' when none is known.
CREATE VIEW birth AS
SELECT p.entity,
       CASE WHEN s.leader IS NULL THEN p.dob
            ELSE (SELECT q.dob
                    FROM sameness AS m
                    JOIN person AS q ON q.entity = m.entity
                   WHERE m.leader = s.leader
                   ORDER BY q.dob || CASE length(q.dob) WHEN 7 THEN '-31' ELSE '' END DESC, m.entity
                   LIMIT 1) END AS dob
  FROM person AS p
  LEFT JOIN sameness AS s ON s.entity = p.entity;

-- Kinds of places, as words: of several the first that is given, by id; '' when none is.
CREATE VIEW place_kind AS
SELECT l.entity,
       coalesce((SELECT w.text FROM word AS w
                  WHERE w.row = CASE WHEN s.leader IS NULL THEN l.kind
                                     ELSE (SELECT k.kind
                                             FROM sameness AS m
                                             JOIN entity AS e ON e.row = m.entity
                                             JOIN location AS k ON k.entity = m.entity
                                            WHERE m.leader = s.leader AND k.kind IS NOT NULL
                                            ORDER BY e.id
                                            LIMIT 1) END), '') AS kind
  FROM location AS l
  LEFT JOIN sameness AS s ON s.entity = l.entity;

-- Whom events, links, contexts and assessments mention.
CREATE VIEW mention AS
SELECT person AS entity FROM participation
UNION ALL SELECT from_entity FROM link
UNION ALL SELECT to_entity FROM link
UNION ALL SELECT subject FROM context
UNION ALL SELECT person FROM assessment;

PRAGMA user_version = 4;
