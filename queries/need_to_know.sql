-- need_to_know: what a user who may not see everything reads instead of the tables (engine/store_seen.c).
--
-- SQLite finds a name among the temporary tables and views first. So each table has a view of its own
-- name that leaves out what may not be seen: every statement, also one written later, reads those.
-- A table without one fails a test (tests/test_access.c). temp.rule says what is allowed, one word a row:
-- records, handling, agency ('*': all), cases (own, open, all), account (a row of account).
--
-- Four scripts are run: this one, what all others rest on; then for users who see the cases of their teams
-- only, need_to_know_own.sql, which lists the little that is seen, and for others need_to_know_most.sql, which
-- lists the little that is hidden; and need_to_know_views.sql. So the cost goes by what is listed.

CREATE TEMP TABLE hidden_origin (row INTEGER PRIMARY KEY);
INSERT INTO temp.hidden_origin
SELECT o.row
  FROM main.origin AS o
  LEFT JOIN main.source AS s ON s.row = o.source
 WHERE NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'handling' AND value = o.handling)
    OR NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'agency' AND value IN ('*', coalesce(s.name, '')));

-- Cases of the user's teams, and who is in them.
CREATE TEMP TABLE my_case (row INTEGER PRIMARY KEY);
INSERT INTO temp.my_case
SELECT DISTINCT c.casework
  FROM main.casework_team AS c
  JOIN main.team_member AS t ON t.team = c.team
  JOIN temp.rule AS r ON r.what = 'account' AND CAST(r.value AS INTEGER) = t.account;
CREATE TEMP TABLE mine (entity INTEGER PRIMARY KEY);
INSERT INTO temp.mine
SELECT DISTINCT entity FROM main.casework_entity WHERE casework IN (SELECT row FROM temp.my_case);
-- and the records that are one with them
CREATE TEMP TABLE mine_too (entity INTEGER PRIMARY KEY);
INSERT INTO temp.mine_too SELECT entity FROM temp.mine
UNION SELECT b.entity
  FROM temp.mine AS m
  JOIN main.sameness AS a ON a.entity = m.entity
  JOIN main.sameness AS b ON b.leader = a.leader;

-- Records that are allowed at all. What people wrote in their own words is '' where notes are not.
CREATE TEMP VIEW may (events, links, places, groups, objects, flags, constraints, contexts, assessments, actions, notes, own) AS
SELECT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'events'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'links'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'places'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'groups'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'objects'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'flags'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'constraints'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'contexts'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'assessments'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'actions'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'notes'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'cases' AND value = 'own');

-- People, places, groups and objects that are hidden whoever they stand with: by their origin and kind, and by
-- others' restricted cases.
CREATE TEMP VIEW ruled_out AS
SELECT e.row
  FROM main.entity AS e
 WHERE e.origin IN (SELECT row FROM temp.hidden_origin)
    OR CASE e.kind WHEN 1 THEN 0 WHEN 2 THEN NOT (SELECT places FROM temp.may)
                   WHEN 3 THEN NOT (SELECT groups FROM temp.may) ELSE NOT (SELECT objects FROM temp.may) END
UNION ALL
SELECT ce.entity
  FROM main.casework AS c
 CROSS JOIN main.casework_entity AS ce ON ce.casework = c.row
 WHERE c.restricted = 1 AND ce.entity NOT IN (SELECT entity FROM temp.mine)
   AND NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'cases' AND value = 'all');
