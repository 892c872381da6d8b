-- need_to_know: what a user who may not see everything reads instead of the tables (engine/store_seen.c).
--
-- SQLite finds a name among the temporary tables and views first. So each table has a view of its own
-- name here that leaves out what may not be seen: every statement, also one written later, reads those.
-- A table without one fails a test (tests/test_access.c). temp.rule says what is allowed, one word a row:
-- records, handling, agency ('*': all), cases (own, open, all), account (a row of account).
-- What is hidden is worked out first and kept as rows: it is mostly little, and looked up fast.

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

-- People, places, groups and objects: by their origin and kind, and by others' restricted cases.
CREATE TEMP TABLE hidden_entity (row INTEGER PRIMARY KEY);
INSERT INTO temp.hidden_entity
SELECT e.row
  FROM main.entity AS e
 WHERE e.origin IN (SELECT row FROM temp.hidden_origin)
    OR e.kind > 1 AND NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND
           value = CASE e.kind WHEN 2 THEN 'places' WHEN 3 THEN 'groups' ELSE 'objects' END);
INSERT OR IGNORE INTO temp.hidden_entity
SELECT ce.entity
  FROM main.casework_entity AS ce
  JOIN main.casework AS c ON c.row = ce.casework
 WHERE c.restricted = 1 AND ce.entity NOT IN (SELECT entity FROM temp.mine)
   AND NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'cases' AND value = 'all');
-- own: people of the user's cases only
INSERT OR IGNORE INTO temp.hidden_entity
SELECT e.row
  FROM temp.rule AS r
 CROSS JOIN main.entity AS e
 WHERE r.what = 'cases' AND r.value = 'own' AND e.kind = 1
   AND e.row NOT IN (SELECT entity FROM temp.mine_too);
-- several records of one follow the strictest of them
INSERT OR IGNORE INTO temp.hidden_entity
SELECT entity
  FROM main.sameness
 WHERE leader IN (SELECT leader FROM main.sameness WHERE entity IN (SELECT row FROM temp.hidden_entity));

-- Events: by their origin; those that only hidden people take part in; and with own cases, those that
-- nobody who is seen takes part in. Where a hidden person takes part beside others, what was
-- written about the event may name them: it is left out (hushed_event).
CREATE TEMP TABLE hushed_event (row INTEGER PRIMARY KEY);
INSERT INTO temp.hushed_event
SELECT DISTINCT event FROM main.participation WHERE person IN (SELECT row FROM temp.hidden_entity);
CREATE TEMP TABLE hidden_event (row INTEGER PRIMARY KEY);
INSERT INTO temp.hidden_event
SELECT e.row
  FROM main.event AS e
 WHERE e.origin IN (SELECT row FROM temp.hidden_origin)
    OR NOT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'events');
INSERT OR IGNORE INTO temp.hidden_event
SELECT h.row
  FROM temp.hushed_event AS h
 WHERE NOT EXISTS (SELECT 1 FROM main.participation AS p
                    WHERE p.event = h.row AND p.person NOT IN (SELECT row FROM temp.hidden_entity)
                      AND p.origin NOT IN (SELECT row FROM temp.hidden_origin));
INSERT OR IGNORE INTO temp.hidden_event
SELECT e.row
  FROM temp.rule AS r
 CROSS JOIN main.event AS e
 WHERE r.what = 'cases' AND r.value = 'own'
   AND NOT EXISTS (SELECT 1 FROM main.participation AS p
                    WHERE p.event = e.row AND p.person NOT IN (SELECT row FROM temp.hidden_entity)
                      AND p.origin NOT IN (SELECT row FROM temp.hidden_origin));

-- own: places, groups and objects that the people of the user's cases touch, and no others
CREATE TEMP TABLE touched (entity INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO temp.touched SELECT entity FROM temp.mine_too;
INSERT OR IGNORE INTO temp.touched
SELECT e.location
  FROM temp.rule AS r
 CROSS JOIN main.event AS e
 WHERE r.what = 'cases' AND r.value = 'own' AND e.location IS NOT NULL
   AND e.row NOT IN (SELECT row FROM temp.hidden_event);
INSERT OR IGNORE INTO temp.touched
SELECT p.school FROM temp.mine_too AS m JOIN main.person AS p ON p.entity = m.entity
 WHERE p.school IS NOT NULL AND p.entity NOT IN (SELECT row FROM temp.hidden_entity);
INSERT OR IGNORE INTO temp.touched
SELECT CASE l.from_entity WHEN m.entity THEN l.to_entity ELSE l.from_entity END
  FROM temp.mine_too AS m
  JOIN main.link AS l ON l.from_entity = m.entity OR l.to_entity = m.entity
 WHERE m.entity NOT IN (SELECT row FROM temp.hidden_entity)
   AND l.origin NOT IN (SELECT row FROM temp.hidden_origin)
   AND EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'links');
INSERT OR IGNORE INTO temp.touched
SELECT b.entity
  FROM temp.touched AS m
  JOIN main.sameness AS a ON a.entity = m.entity
  JOIN main.sameness AS b ON b.leader = a.leader;
INSERT OR IGNORE INTO temp.hidden_entity
SELECT e.row
  FROM temp.rule AS r
 CROSS JOIN main.entity AS e
 WHERE r.what = 'cases' AND r.value = 'own' AND e.kind > 1
   AND e.row NOT IN (SELECT entity FROM temp.touched);

-- Records. What people wrote in their own words is '' where notes are not allowed.
CREATE TEMP VIEW may (events, links, flags, constraints, contexts, assessments, actions, notes, own) AS
SELECT EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'events'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'links'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'flags'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'constraints'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'contexts'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'assessments'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'actions'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'records' AND value = 'notes'),
       EXISTS (SELECT 1 FROM temp.rule WHERE what = 'cases' AND value = 'own');

CREATE TEMP VIEW entity AS
SELECT * FROM main.entity WHERE row NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW person AS
SELECT entity, name, aliases, dob, sex, ethnicity, local_authority,
       CASE WHEN school IN (SELECT row FROM temp.hidden_entity) THEN NULL ELSE school END AS school,
       postcode, address, identifiers,
       CASE WHEN (SELECT notes FROM temp.may) THEN notes ELSE '' END AS notes,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra
  FROM main.person WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW location AS
SELECT entity, name, kind, lat, lon, easting, northing, postcode, address,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra
  FROM main.location WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW grouping AS
SELECT entity, name, kind, CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra
  FROM main.grouping WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW object AS
SELECT entity, kind, label, CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra
  FROM main.object WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW event AS
SELECT row, id, kind, occurred_at, ended_at,
       CASE WHEN location IN (SELECT row FROM temp.hidden_entity) THEN NULL ELSE location END AS location,
       severity,
       CASE WHEN (SELECT notes FROM temp.may) AND row NOT IN (SELECT row FROM temp.hushed_event)
            THEN summary ELSE '' END AS summary,
       CASE WHEN (SELECT notes FROM temp.may) AND row NOT IN (SELECT row FROM temp.hushed_event)
            THEN extra ELSE '' END AS extra,
       origin, batch
  FROM main.event WHERE row NOT IN (SELECT row FROM temp.hidden_event);

CREATE TEMP VIEW participation AS
SELECT event, person, role, origin, conviction_ref,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, nth, batch
  FROM main.participation
 WHERE event NOT IN (SELECT row FROM temp.hidden_event)
   AND person NOT IN (SELECT row FROM temp.hidden_entity)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW link AS
SELECT row, id, from_entity, to_entity, kind, valence, weight, valid_from, valid_to, conviction_ref,
       CASE WHEN (SELECT notes FROM temp.may) THEN notes ELSE '' END AS notes,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, digest, nth, origin, batch
  FROM main.link
 WHERE (SELECT links FROM temp.may)
   AND from_entity NOT IN (SELECT row FROM temp.hidden_entity)
   AND to_entity NOT IN (SELECT row FROM temp.hidden_entity)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW context AS
SELECT row, subject, context, valence, to_context, nature, severity, observed_on, event,
       CASE WHEN (SELECT notes FROM temp.may) AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hushed_event))
            THEN summary ELSE '' END AS summary,
       CASE WHEN (SELECT notes FROM temp.may) AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hushed_event))
            THEN extra ELSE '' END AS extra,
       digest, nth, origin, batch
  FROM main.context
 WHERE (SELECT contexts FROM temp.may)
   AND subject NOT IN (SELECT row FROM temp.hidden_entity)
   AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hidden_event))
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW panel AS
SELECT row, subject, decided_on, lead, home, peer, school, neighbourhood, online,
       CASE WHEN (SELECT notes FROM temp.may) THEN reason ELSE '' END AS reason, user, purpose, recorded_at
  FROM main.panel
 WHERE (SELECT contexts FROM temp.may) AND subject NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW flag AS
SELECT row, person, flag, status, valid_from, valid_to, holder,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, digest, nth, origin, batch
  FROM main.flag
 WHERE (SELECT flags FROM temp.may)
   AND person NOT IN (SELECT row FROM temp.hidden_entity)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW restriction AS
SELECT row, person, other, kind, imposed_by, valid_from, valid_to,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, digest, nth, origin, batch
  FROM main.restriction
 WHERE (SELECT constraints FROM temp.may)
   AND person NOT IN (SELECT row FROM temp.hidden_entity)
   AND (other IS NULL OR other NOT IN (SELECT row FROM temp.hidden_entity))
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW assessment AS
SELECT row, id, person, tool, assessed_on, assessor_role, level,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, origin, batch
  FROM main.assessment
 WHERE (SELECT assessments FROM temp.may)
   AND person NOT IN (SELECT row FROM temp.hidden_entity)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW indicator AS
SELECT row, assessment, item, status, voice,
       CASE WHEN (SELECT notes FROM temp.may) THEN text ELSE '' END AS text,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, digest, nth, origin, batch
  FROM main.indicator
 WHERE origin NOT IN (SELECT row FROM temp.hidden_origin)
   AND EXISTS (SELECT 1 FROM temp.assessment AS a WHERE a.row = indicator.assessment);

CREATE TEMP VIEW scale AS
SELECT row, person, rated_on, rater, score,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, digest, nth, origin, batch
  FROM main.scale
 WHERE (SELECT assessments FROM temp.may)
   AND person NOT IN (SELECT row FROM temp.hidden_entity)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW action AS
SELECT row, id, subject, context, goal, action, due, owner_role, measure_of_success, status,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, origin, batch
  FROM main.action
 WHERE (SELECT actions FROM temp.may)
   AND (CASE WHEN subject IS NULL THEN NOT (SELECT own FROM temp.may)
             ELSE subject NOT IN (SELECT row FROM temp.hidden_entity) END)
   AND origin NOT IN (SELECT row FROM temp.hidden_origin);

CREATE TEMP VIEW action_step AS
SELECT row, action, stepped_on, status, CASE WHEN (SELECT notes FROM temp.may) THEN note ELSE '' END AS note,
       user, purpose, recorded_at
  FROM main.action_step
 WHERE EXISTS (SELECT 1 FROM temp.action AS a WHERE a.row = action_step.action);

CREATE TEMP VIEW minute AS
SELECT * FROM main.minute
 WHERE (SELECT actions FROM temp.may)
   AND (CASE WHEN subject IS NULL THEN NOT (SELECT own FROM temp.may)
             ELSE subject NOT IN (SELECT row FROM temp.hidden_entity) END);

-- A contest is seen where what it is of is seen. What was written of it may name others in an event.
CREATE TEMP VIEW contest AS
SELECT row, id, subject, event, link, context, role, field, contested_by, contested_on,
       CASE WHEN (SELECT notes FROM temp.may) AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hushed_event))
            THEN reason ELSE '' END AS reason,
       state, resolved_on, resolved_by,
       CASE WHEN (SELECT notes FROM temp.may) AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hushed_event))
            THEN resolution ELSE '' END AS resolution,
       CASE WHEN (SELECT notes FROM temp.may) THEN extra ELSE '' END AS extra, origin, batch
  FROM main.contest AS c
 WHERE origin NOT IN (SELECT row FROM temp.hidden_origin)
   AND (subject IS NULL OR subject NOT IN (SELECT row FROM temp.hidden_entity))
   AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hidden_event))
   AND (event IS NULL OR subject IS NULL
        OR EXISTS (SELECT 1 FROM temp.participation AS p WHERE p.event = c.event AND p.person = c.subject))
   AND (link IS NULL OR EXISTS (SELECT 1 FROM temp.link AS l WHERE l.row = c.link))
   AND (context IS NULL OR EXISTS (SELECT 1 FROM temp.context AS i WHERE i.row = c.context));

-- Who is one with whom: all of it is seen, or nothing. Two that were found to be different are
-- seen where both are.
CREATE TEMP VIEW sameness AS
SELECT * FROM main.sameness WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);
CREATE TEMP VIEW decision AS
SELECT * FROM main.decision
 WHERE one NOT IN (SELECT row FROM temp.hidden_entity) AND other NOT IN (SELECT row FROM temp.hidden_entity);

-- What a correction replaced, but for what refers to other records or their origin, and for words
-- that are not seen in the record itself.
CREATE TEMP VIEW correction AS
SELECT * FROM main.correction
 WHERE field IN ('name', 'aliases', 'dob', 'sex', 'ethnicity', 'local_authority', 'postcode', 'address',
                 'identifiers', 'kind', 'lat', 'lon', 'easting', 'northing', 'label', 'occurred_at',
                 'ended_at', 'severity', 'valence', 'weight', 'valid_from', 'valid_to', 'conviction_ref',
                 'tool', 'assessed_on', 'assessor_role', 'level', 'context', 'goal', 'action', 'due',
                 'owner_role', 'measure_of_success', 'status', 'state', 'resolved_on', 'resolved_by')
   AND CASE table_name
            WHEN 'event' THEN EXISTS (SELECT 1 FROM temp.event AS t WHERE t.row = record)
            WHEN 'link' THEN EXISTS (SELECT 1 FROM temp.link AS t WHERE t.row = record)
            WHEN 'assessment' THEN EXISTS (SELECT 1 FROM temp.assessment AS t WHERE t.row = record)
            WHEN 'action' THEN EXISTS (SELECT 1 FROM temp.action AS t WHERE t.row = record)
            WHEN 'contest' THEN EXISTS (SELECT 1 FROM temp.contest AS t WHERE t.row = record)
            ELSE EXISTS (SELECT 1 FROM temp.entity AS t WHERE t.row = record) END;

-- What records share. Sources and words are listed by themselves, so those that no record uses which
-- is seen are left out; an origin is only met at its records.
CREATE TEMP VIEW record_origin AS
SELECT origin, batch FROM temp.entity
UNION ALL SELECT origin, batch FROM temp.event
UNION ALL SELECT origin, batch FROM temp.link
UNION ALL SELECT origin, batch FROM temp.context
UNION ALL SELECT origin, batch FROM temp.flag
UNION ALL SELECT origin, batch FROM temp.restriction
UNION ALL SELECT origin, batch FROM temp.assessment
UNION ALL SELECT origin, batch FROM temp.indicator
UNION ALL SELECT origin, batch FROM temp.scale
UNION ALL SELECT origin, batch FROM temp.action
UNION ALL SELECT origin, batch FROM temp.contest
UNION ALL SELECT origin, batch FROM temp.participation;

CREATE TEMP TABLE seen_source (row INTEGER PRIMARY KEY);
INSERT INTO temp.seen_source
SELECT s.row
  FROM main.source AS s
 WHERE EXISTS (SELECT 1
                 FROM temp.record_origin AS r
                CROSS JOIN main.origin AS o ON o.row = r.origin
                WHERE o.source = s.row);
CREATE TEMP VIEW source AS
SELECT * FROM main.source WHERE row IN (SELECT row FROM temp.seen_source);

CREATE TEMP VIEW origin AS
SELECT * FROM main.origin
 WHERE row NOT IN (SELECT row FROM temp.hidden_origin)
   AND (source IS NULL OR source IN (SELECT row FROM temp.seen_source));

CREATE TEMP TABLE seen_word (row INTEGER PRIMARY KEY);
INSERT INTO temp.seen_word
SELECT w.row
  FROM main.word AS w
 WHERE EXISTS (SELECT 1 FROM temp.location WHERE kind = w.row)
    OR EXISTS (SELECT 1 FROM temp.grouping WHERE kind = w.row)
    OR EXISTS (SELECT 1 FROM temp.object WHERE kind = w.row)
    OR EXISTS (SELECT 1 FROM temp.link WHERE kind = w.row)
    OR EXISTS (SELECT 1 FROM temp.event WHERE kind = w.row)
    OR EXISTS (SELECT 1 FROM temp.participation WHERE role = w.row);
CREATE TEMP VIEW word AS
SELECT * FROM main.word WHERE row IN (SELECT row FROM temp.seen_word);

-- That a load was made, and when, is no secret; how many records it brought counts those seen.
CREATE TEMP VIEW loaded AS
SELECT batch, count(*) AS records FROM temp.record_origin GROUP BY batch;
CREATE TEMP VIEW batch AS
SELECT row, loaded_at, user, purpose, files,
       coalesce((SELECT records FROM temp.loaded AS l WHERE l.batch = b.row), 0) AS records,
       undone_at
  FROM main.batch AS b;

-- Where to look, never the answer: the records themselves are looked up in the views above.
CREATE TEMP VIEW find_key AS SELECT * FROM main.find_key;

-- What was kept of pictures, and what was sent.
CREATE TEMP VIEW picture AS SELECT * FROM main.picture;
CREATE TEMP VIEW picture_place AS
SELECT rowid, * FROM main.picture_place
 WHERE (entity IS NULL OR entity NOT IN (SELECT row FROM temp.hidden_entity))
   AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hidden_event));
-- Each reading asks for its user's own.
CREATE TEMP VIEW remembered AS SELECT * FROM main.remembered;
CREATE TEMP VIEW kept AS SELECT * FROM main.kept;
CREATE TEMP VIEW kept_member AS
SELECT * FROM main.kept_member WHERE person NOT IN (SELECT row FROM temp.hidden_entity);
CREATE TEMP VIEW alert_list AS SELECT * FROM main.alert_list;
CREATE TEMP VIEW alert AS
SELECT * FROM main.alert
 WHERE EXISTS (SELECT 1 FROM temp.entity AS e WHERE e.id = alert.person AND e.kind = 1)
   AND EXISTS (SELECT 1 FROM temp.event AS e WHERE e.id = alert.event)
   AND (recipient = '' OR NOT EXISTS (SELECT 1 FROM main.entity AS e WHERE e.id = alert.recipient)
        OR EXISTS (SELECT 1 FROM temp.entity AS e WHERE e.id = alert.recipient));

-- Reviews, their rules, and by what right records are held: of a source that has sent what is seen, or nothing yet.
CREATE TEMP VIEW review AS
SELECT row, entity, decision, until, CASE WHEN (SELECT notes FROM temp.may) THEN reason ELSE '' END AS reason, user,
       purpose, decided_on, recorded_at
  FROM main.review WHERE entity NOT IN (SELECT row FROM temp.hidden_entity);
CREATE TEMP VIEW retention_rule AS SELECT * FROM main.retention_rule;
CREATE TEMP VIEW right_needed AS SELECT * FROM main.right_needed;
CREATE TEMP VIEW source_right AS
SELECT * FROM main.source_right
 WHERE source NOT IN (SELECT name FROM main.source) OR source IN (SELECT name FROM temp.source);

-- What was changed by hand: only where everything that is written in it may be read, and every
-- record that it is about is seen; of a change either all of it, or nothing.
CREATE TEMP VIEW deed_row AS
SELECT * FROM main.deed_row
 WHERE (SELECT notes FROM temp.may)
   AND CASE table_name WHEN 'panel' THEN (SELECT contexts FROM temp.may)
                       WHEN 'minute' THEN (SELECT actions FROM temp.may) AND (entity IS NOT NULL OR NOT (SELECT own FROM temp.may))
                       WHEN 'action_step' THEN (SELECT actions FROM temp.may) AND (entity IS NOT NULL OR NOT (SELECT own FROM temp.may))
                       WHEN 'casework' THEN EXISTS (SELECT 1 FROM temp.casework AS c WHERE c.id = about)
                       WHEN 'casework_team' THEN EXISTS (SELECT 1 FROM temp.casework AS c WHERE c.id = about)
                       WHEN 'casework_entity' THEN EXISTS (SELECT 1 FROM temp.casework AS c WHERE c.id = about)
                       WHEN 'remembered' THEN about = (SELECT a.name FROM main.account AS a JOIN temp.rule AS u ON u.what = 'account' AND a.row = CAST(u.value AS INTEGER))
                       WHEN 'source_right' THEN about NOT IN (SELECT name FROM main.source) OR about IN (SELECT name FROM temp.source)
                       ELSE 1 END
   AND (entity IS NULL OR entity NOT IN (SELECT row FROM temp.hidden_entity))
   AND (other IS NULL OR other NOT IN (SELECT row FROM temp.hidden_entity))
   AND (event IS NULL OR event NOT IN (SELECT row FROM temp.hidden_event));
CREATE TEMP VIEW deed AS
SELECT * FROM main.deed AS d
 WHERE NOT EXISTS (SELECT 1 FROM main.deed_row AS r
                    WHERE r.deed = d.row AND r.row NOT IN (SELECT row FROM temp.deed_row));

-- Who may see what: of cases, the user's own.
CREATE TEMP VIEW account AS SELECT * FROM main.account;
CREATE TEMP VIEW account_role AS SELECT * FROM main.account_role;
CREATE TEMP VIEW team_member AS SELECT * FROM main.team_member;
CREATE TEMP VIEW night AS SELECT * FROM main.night;
CREATE TEMP VIEW change_count AS SELECT * FROM main.change_count;
CREATE TEMP VIEW policy AS SELECT * FROM main.policy;
CREATE TEMP VIEW casework AS
SELECT * FROM main.casework
 WHERE row IN (SELECT row FROM temp.my_case)
    OR EXISTS (SELECT 1 FROM temp.rule WHERE what = 'cases' AND value = 'all');
CREATE TEMP VIEW casework_team AS
SELECT * FROM main.casework_team WHERE EXISTS (SELECT 1 FROM temp.casework AS c WHERE c.row = casework);
CREATE TEMP VIEW casework_entity AS
SELECT * FROM main.casework_entity
 WHERE EXISTS (SELECT 1 FROM temp.casework AS c WHERE c.row = casework)
   AND entity NOT IN (SELECT row FROM temp.hidden_entity);

-- How many items are kept back.
CREATE TEMP VIEW withheld AS
SELECT (SELECT count(*) FROM main.entity) - (SELECT count(*) FROM temp.entity)
     + (SELECT count(*) FROM main.event) - (SELECT count(*) FROM temp.event)
     + (SELECT count(*) FROM main.link) - (SELECT count(*) FROM temp.link)
     + (SELECT count(*) FROM main.context) - (SELECT count(*) FROM temp.context)
     + (SELECT count(*) FROM main.flag) - (SELECT count(*) FROM temp.flag)
     + (SELECT count(*) FROM main.restriction) - (SELECT count(*) FROM temp.restriction)
     + (SELECT count(*) FROM main.assessment) - (SELECT count(*) FROM temp.assessment)
     + (SELECT count(*) FROM main.scale) - (SELECT count(*) FROM temp.scale)
     + (SELECT count(*) FROM main.action) - (SELECT count(*) FROM temp.action)
     + (SELECT count(*) FROM main.minute) - (SELECT count(*) FROM temp.minute)
     + (SELECT count(*) FROM main.contest) - (SELECT count(*) FROM temp.contest) AS items;
