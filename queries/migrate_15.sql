-- migrate_15: how long what is held is kept before it is reviewed, what reviews decided (R60), and by
-- what right each source's records are held.

-- The first rule that fits a record decides its review group. '' fits everything. These stand until a
-- team sets its own (kith retention rules FILE): they are where to begin, not law.
CREATE TABLE retention_rule (
    place        INTEGER PRIMARY KEY,
    review_group TEXT NOT NULL CHECK (review_group <> ''),
    years        INTEGER CHECK (years BETWEEN 0 AND 150),     -- clear years before a review; NULL: none set
    until_age    INTEGER CHECK (until_age BETWEEN 0 AND 150), -- kept until the person is as old; NULL: no such rule
    kind         TEXT NOT NULL, -- event, link, context, flag, constraint, assessment, scale, action, record
    word         TEXT NOT NULL, -- the kind of event or link, the flag, the tool, ...
    role         TEXT NOT NULL,
    source       TEXT NOT NULL,
    label        TEXT NOT NULL
) STRICT;

INSERT INTO retention_rule VALUES
    (1, '1', 10, 100, 'flag', 'MAPPA', '', '', 'managed offender: to age 100, reviewed every 10 years'),
    (2, '2', 10, NULL, 'event', '', 'convicted_perpetrator', '', 'convicted: reviewed after 10 clear years'),
    (3, '3', 6, NULL, 'event', '', 'alleged_perpetrator', '', 'alleged: reviewed after 6 clear years'),
    (4, '4', 6, NULL, '', '', '', '', 'everything else: a local period; 6 years stand here until one is set');

-- What a review decided of one person, place, group or object. Rows are added and never changed.
CREATE TABLE review (
    row        INTEGER PRIMARY KEY,
    entity     INTEGER NOT NULL REFERENCES entity,
    decision   TEXT NOT NULL CHECK (decision IN ('keep', 'erase')),
    until      TEXT NOT NULL, -- the next review of what is kept; '' for erase
    reason     TEXT NOT NULL CHECK (reason <> ''),
    user       TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CHECK ((decision = 'keep') = (until <> ''))
) STRICT;

CREATE INDEX review_entity ON review (entity);

-- By what right the records of a source are held; by its name, so that it can be said before the first load.
CREATE TABLE source_right (
    source     TEXT PRIMARY KEY CHECK (source <> ''),
    held_for   TEXT NOT NULL CHECK (held_for <> ''),
    basis      TEXT NOT NULL CHECK (basis <> ''),
    controller TEXT NOT NULL CHECK (controller <> ''),
    review_on  TEXT NOT NULL, -- when the agreement is looked at again; '' for none
    user       TEXT NOT NULL,
    set_at     TEXT NOT NULL
) STRICT;

-- One row: whether a load of a source without a right is refused.
CREATE TABLE right_needed (
    row    INTEGER PRIMARY KEY CHECK (row = 1),
    needed INTEGER NOT NULL CHECK (needed IN (0, 1))
) STRICT;

INSERT INTO right_needed VALUES (1, 0);

CREATE TRIGGER retention_rule_insert AFTER INSERT ON retention_rule
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'retention_rule', NULL, NULL, NULL, '',
            NULL,
            json_object('place', new.place, 'review_group', new.review_group, 'years', new.years,
            'until_age', new.until_age, 'kind', new.kind, 'word', new.word, 'role', new.role,
            'source', new.source, 'label', new.label));
END;
CREATE TRIGGER retention_rule_delete AFTER DELETE ON retention_rule
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'retention_rule', NULL, NULL, NULL, '',
            json_object('place', old.place, 'review_group', old.review_group, 'years', old.years,
            'until_age', old.until_age, 'kind', old.kind, 'word', old.word, 'role', old.role,
            'source', old.source, 'label', old.label),
            NULL);
END;

CREATE TRIGGER review_insert AFTER INSERT ON review
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'review', new.entity, NULL, NULL, '',
            NULL,
            json_object('row', new.row, 'entity', new.entity, 'decision', new.decision, 'until', new.until,
            'reason', new.reason, 'user', new.user, 'purpose', new.purpose, 'decided_on', new.decided_on,
            'recorded_at', new.recorded_at));
END;
CREATE TRIGGER review_delete AFTER DELETE ON review
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'review', old.entity, NULL, NULL, '',
            json_object('row', old.row, 'entity', old.entity, 'decision', old.decision, 'until', old.until,
            'reason', old.reason, 'user', old.user, 'purpose', old.purpose, 'decided_on', old.decided_on,
            'recorded_at', old.recorded_at),
            NULL);
END;

CREATE TRIGGER source_right_insert AFTER INSERT ON source_right
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'source_right', NULL, NULL, NULL, new.source,
            NULL,
            json_object('source', new.source, 'held_for', new.held_for, 'basis', new.basis, 'controller', new.controller,
            'review_on', new.review_on, 'user', new.user, 'set_at', new.set_at));
END;
CREATE TRIGGER source_right_update AFTER UPDATE ON source_right
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'source_right', NULL, NULL, NULL, new.source,
            json_object('source', old.source, 'held_for', old.held_for, 'basis', old.basis, 'controller', old.controller,
            'review_on', old.review_on, 'user', old.user, 'set_at', old.set_at),
            json_object('source', new.source, 'held_for', new.held_for, 'basis', new.basis, 'controller', new.controller,
            'review_on', new.review_on, 'user', new.user, 'set_at', new.set_at));
END;
CREATE TRIGGER source_right_delete AFTER DELETE ON source_right
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'source_right', NULL, NULL, NULL, old.source,
            json_object('source', old.source, 'held_for', old.held_for, 'basis', old.basis, 'controller', old.controller,
            'review_on', old.review_on, 'user', old.user, 'set_at', old.set_at),
            NULL);
END;

CREATE TRIGGER right_needed_update AFTER UPDATE ON right_needed
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'right_needed', NULL, NULL, NULL, '',
            json_object('row', old.row, 'needed', old.needed),
            json_object('row', new.row, 'needed', new.needed));
END;

PRAGMA user_version = 15;
