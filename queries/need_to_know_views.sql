-- need_to_know_views: a view in the place of each table (need_to_know.sql).
--
-- They are written for what is hidden. Where what is seen is listed instead, NOT IN (SELECT row FROM temp.hidden_...)
-- is read as IN (SELECT row FROM temp.seen_...), whatever word follows: entity or event.

CREATE TEMP VIEW entity AS
SELECT * FROM main.entity WHERE row NOT IN (SELECT row FROM temp.hidden_entity);

CREATE TEMP VIEW person AS
SELECT entity, name, aliases, dob, sex, ethnicity, local_authority,
       CASE WHEN school NOT IN (SELECT row FROM temp.hidden_entity) THEN school END AS school,
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
       CASE WHEN location NOT IN (SELECT row FROM temp.hidden_entity) THEN location END AS location,
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
   AND +person NOT IN (SELECT row FROM temp.hidden_entity)
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
-- is seen are left out; an origin is only met at its records. Nearly always each is met among the first
-- records of its table; where one is not, all are looked through. 0 is no word and no origin.
CREATE TEMP TABLE look (most INTEGER NOT NULL);
INSERT INTO temp.look VALUES (5000);
CREATE TEMP VIEW used (word, origin) AS
SELECT * FROM (SELECT 0, origin FROM temp.entity LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT coalesce(kind, 0), 0 FROM temp.location LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT coalesce(kind, 0), 0 FROM temp.grouping LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT coalesce(kind, 0), 0 FROM temp.object LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT kind, origin FROM temp.event LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT role, origin FROM temp.participation LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT kind, origin FROM temp.link LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.context LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.flag LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.restriction LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.assessment LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.indicator LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.scale LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.action LIMIT (SELECT most FROM temp.look))
UNION ALL SELECT * FROM (SELECT 0, origin FROM temp.contest LIMIT (SELECT most FROM temp.look));

CREATE TEMP TABLE met (word INTEGER NOT NULL, origin INTEGER NOT NULL, PRIMARY KEY (word, origin)) WITHOUT ROWID;
INSERT INTO temp.met SELECT DISTINCT word, origin FROM temp.used;
UPDATE temp.look
   SET most = CASE WHEN EXISTS (SELECT 1 FROM main.word WHERE row NOT IN (SELECT word FROM temp.met))
                     OR EXISTS (SELECT 1 FROM main.source
                                 WHERE row NOT IN (SELECT source FROM main.origin
                                                    WHERE source IS NOT NULL AND row IN (SELECT origin FROM temp.met)))
                   THEN -1 ELSE 0 END; -- of each table: all, none
INSERT OR IGNORE INTO temp.met SELECT DISTINCT word, origin FROM temp.used;

CREATE TEMP TABLE seen_source (row INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO temp.seen_source
SELECT source FROM main.origin WHERE source IS NOT NULL AND row IN (SELECT origin FROM temp.met);
CREATE TEMP VIEW source AS
SELECT * FROM main.source WHERE row IN (SELECT row FROM temp.seen_source);

CREATE TEMP VIEW origin AS
SELECT * FROM main.origin
 WHERE row NOT IN (SELECT row FROM temp.hidden_origin)
   AND (source IS NULL OR source IN (SELECT row FROM temp.seen_source));

CREATE TEMP VIEW word AS
SELECT * FROM main.word WHERE row IN (SELECT word FROM temp.met);

-- That a load was made, and when, is no secret; how many records it brought counts those seen.
CREATE TEMP VIEW record_batch AS
SELECT batch FROM temp.entity
UNION ALL SELECT batch FROM temp.event
UNION ALL SELECT batch FROM temp.link
UNION ALL SELECT batch FROM temp.context
UNION ALL SELECT batch FROM temp.flag
UNION ALL SELECT batch FROM temp.restriction
UNION ALL SELECT batch FROM temp.assessment
UNION ALL SELECT batch FROM temp.indicator
UNION ALL SELECT batch FROM temp.scale
UNION ALL SELECT batch FROM temp.action
UNION ALL SELECT batch FROM temp.contest
UNION ALL SELECT batch FROM temp.participation;
CREATE TEMP VIEW loaded AS
SELECT batch, count(*) AS records FROM temp.record_batch GROUP BY batch;
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
