-- migrate_13: every change that somebody makes, so that it can be read (kith history) and taken back
-- (kith undo). What a load brings is its own record (batch, correction); here stand the rows of
-- all that people enter by hand, as they were before and after, as JSON.

CREATE TABLE deed (
    row       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL, -- UTC
    user      TEXT NOT NULL,
    what      TEXT NOT NULL, -- the command, as the audit log words it
    why       TEXT NOT NULL,
    load      INTEGER REFERENCES batch, -- the load that was made, or taken back
    undoes    INTEGER REFERENCES deed,  -- what this took back
    undone_by INTEGER REFERENCES deed,  -- what took this back; NULL while it holds
    records   INTEGER NOT NULL,         -- rows of deed_row; an erasure may leave fewer
    open      INTEGER NOT NULL CHECK (open IN (0, 1, 2)) -- under way: 1 rows are kept, 2 they are not
) STRICT;

-- Real numbers stand in the JSON as texts that read back equal.
CREATE TABLE deed_row (
    row        INTEGER PRIMARY KEY,
    deed       INTEGER NOT NULL REFERENCES deed,
    table_name TEXT NOT NULL,
    entity     INTEGER REFERENCES entity, -- whom or what it is about
    other      INTEGER REFERENCES entity,
    event      INTEGER REFERENCES event,
    about      TEXT NOT NULL, -- an account, a case, an action, a picture, by its name; '' for none
    before     TEXT, -- NULL: there was none
    after      TEXT, -- NULL: there is none any more
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;

CREATE INDEX deed_open ON deed (open) WHERE open > 0;
CREATE INDEX deed_load ON deed (load) WHERE load IS NOT NULL;
CREATE INDEX deed_undoes ON deed (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX deed_undone_by ON deed (undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX deed_row_deed ON deed_row (deed);
CREATE INDEX deed_row_entity ON deed_row (entity) WHERE entity IS NOT NULL;
CREATE INDEX deed_row_other ON deed_row (other) WHERE other IS NOT NULL;
CREATE INDEX deed_row_event ON deed_row (event) WHERE event IS NOT NULL;

-- A load, and its being taken back, are told by their batch.
CREATE TRIGGER batch_insert AFTER INSERT ON batch
WHEN EXISTS (SELECT 1 FROM deed WHERE open > 0)
BEGIN
    UPDATE deed SET load = new.row WHERE row = (SELECT row FROM deed WHERE open > 0);
END;
CREATE TRIGGER batch_update AFTER UPDATE OF undone_at ON batch
WHEN new.undone_at <> '' AND EXISTS (SELECT 1 FROM deed WHERE open > 0)
BEGIN
    UPDATE deed SET undoes = (SELECT row FROM deed WHERE load = new.row AND undoes IS NULL)
     WHERE row = (SELECT row FROM deed WHERE open > 0);
    UPDATE deed SET undone_by = (SELECT row FROM deed WHERE open > 0) WHERE load = new.row AND undoes IS NULL;
    UPDATE deed SET load = new.row WHERE row = (SELECT row FROM deed WHERE open > 0);
END;

CREATE TRIGGER decision_insert AFTER INSERT ON decision
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'decision', new.one, new.other, NULL, '',
            NULL,
            json_object('row', new.row, 'one', new.one, 'other', new.other, 'same', new.same, 'user', new.user,
            'purpose', new.purpose, 'decided_at', new.decided_at, 'undone_at', new.undone_at,
            'undone_by', new.undone_by));
END;
CREATE TRIGGER decision_update AFTER UPDATE ON decision
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'decision', new.one, new.other, NULL, '',
            json_object('row', old.row, 'one', old.one, 'other', old.other, 'same', old.same, 'user', old.user,
            'purpose', old.purpose, 'decided_at', old.decided_at, 'undone_at', old.undone_at,
            'undone_by', old.undone_by),
            json_object('row', new.row, 'one', new.one, 'other', new.other, 'same', new.same, 'user', new.user,
            'purpose', new.purpose, 'decided_at', new.decided_at, 'undone_at', new.undone_at,
            'undone_by', new.undone_by));
END;
CREATE TRIGGER decision_delete AFTER DELETE ON decision
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'decision', old.one, old.other, NULL, '',
            json_object('row', old.row, 'one', old.one, 'other', old.other, 'same', old.same, 'user', old.user,
            'purpose', old.purpose, 'decided_at', old.decided_at, 'undone_at', old.undone_at,
            'undone_by', old.undone_by),
            NULL);
END;

CREATE TRIGGER panel_insert AFTER INSERT ON panel
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'panel', new.subject, NULL, NULL, '',
            NULL,
            json_object('row', new.row, 'subject', new.subject, 'decided_on', new.decided_on, 'lead', new.lead,
            'home', CASE WHEN new.home IS NOT NULL THEN quote(new.home) END,
            'peer', CASE WHEN new.peer IS NOT NULL THEN quote(new.peer) END,
            'school', CASE WHEN new.school IS NOT NULL THEN quote(new.school) END,
            'neighbourhood', CASE WHEN new.neighbourhood IS NOT NULL THEN quote(new.neighbourhood) END,
            'online', CASE WHEN new.online IS NOT NULL THEN quote(new.online) END, 'reason', new.reason,
            'user', new.user, 'purpose', new.purpose, 'recorded_at', new.recorded_at));
END;
CREATE TRIGGER panel_delete AFTER DELETE ON panel
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'panel', old.subject, NULL, NULL, '',
            json_object('row', old.row, 'subject', old.subject, 'decided_on', old.decided_on, 'lead', old.lead,
            'home', CASE WHEN old.home IS NOT NULL THEN quote(old.home) END,
            'peer', CASE WHEN old.peer IS NOT NULL THEN quote(old.peer) END,
            'school', CASE WHEN old.school IS NOT NULL THEN quote(old.school) END,
            'neighbourhood', CASE WHEN old.neighbourhood IS NOT NULL THEN quote(old.neighbourhood) END,
            'online', CASE WHEN old.online IS NOT NULL THEN quote(old.online) END, 'reason', old.reason,
            'user', old.user, 'purpose', old.purpose, 'recorded_at', old.recorded_at),
            NULL);
END;

CREATE TRIGGER minute_insert AFTER INSERT ON minute
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'minute', new.subject, NULL, NULL, '',
            NULL,
            json_object('row', new.row, 'subject', new.subject, 'meeting', new.meeting, 'decided_on', new.decided_on,
            'kind', new.kind, 'text', new.text, 'user', new.user, 'purpose', new.purpose,
            'recorded_at', new.recorded_at, 'undone_at', new.undone_at, 'undone_by', new.undone_by));
END;
CREATE TRIGGER minute_update AFTER UPDATE ON minute
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'minute', new.subject, NULL, NULL, '',
            json_object('row', old.row, 'subject', old.subject, 'meeting', old.meeting, 'decided_on', old.decided_on,
            'kind', old.kind, 'text', old.text, 'user', old.user, 'purpose', old.purpose,
            'recorded_at', old.recorded_at, 'undone_at', old.undone_at, 'undone_by', old.undone_by),
            json_object('row', new.row, 'subject', new.subject, 'meeting', new.meeting, 'decided_on', new.decided_on,
            'kind', new.kind, 'text', new.text, 'user', new.user, 'purpose', new.purpose,
            'recorded_at', new.recorded_at, 'undone_at', new.undone_at, 'undone_by', new.undone_by));
END;
CREATE TRIGGER minute_delete AFTER DELETE ON minute
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'minute', old.subject, NULL, NULL, '',
            json_object('row', old.row, 'subject', old.subject, 'meeting', old.meeting, 'decided_on', old.decided_on,
            'kind', old.kind, 'text', old.text, 'user', old.user, 'purpose', old.purpose,
            'recorded_at', old.recorded_at, 'undone_at', old.undone_at, 'undone_by', old.undone_by),
            NULL);
END;

CREATE TRIGGER action_step_insert AFTER INSERT ON action_step
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'action_step', (SELECT subject FROM action WHERE row = new.action), NULL, NULL, ifnull((SELECT id FROM action WHERE row = new.action), ''),
            NULL,
            json_object('row', new.row, 'action', new.action, 'stepped_on', new.stepped_on, 'status', new.status,
            'note', new.note, 'user', new.user, 'purpose', new.purpose, 'recorded_at', new.recorded_at));
END;
CREATE TRIGGER action_step_delete AFTER DELETE ON action_step
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'action_step', (SELECT subject FROM action WHERE row = old.action), NULL, NULL, ifnull((SELECT id FROM action WHERE row = old.action), ''),
            json_object('row', old.row, 'action', old.action, 'stepped_on', old.stepped_on, 'status', old.status,
            'note', old.note, 'user', old.user, 'purpose', old.purpose, 'recorded_at', old.recorded_at),
            NULL);
END;

CREATE TRIGGER picture_insert AFTER INSERT ON picture
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'picture', NULL, NULL, NULL, new.subject,
            NULL,
            json_object('row', new.row, 'audience', new.audience, 'subject', new.subject, 'layout', new.layout,
            'as_of', new.as_of, 'user', new.user, 'purpose', new.purpose));
END;
CREATE TRIGGER picture_delete AFTER DELETE ON picture
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'picture', NULL, NULL, NULL, old.subject,
            json_object('row', old.row, 'audience', old.audience, 'subject', old.subject, 'layout', old.layout,
            'as_of', old.as_of, 'user', old.user, 'purpose', old.purpose),
            NULL);
END;

CREATE TRIGGER picture_place_insert AFTER INSERT ON picture_place
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'picture_place', new.entity, NULL, new.event, '',
            NULL,
            json_object('rowid', new.rowid, 'picture', new.picture, 'entity', new.entity, 'event', new.event, 'x', new.x,
            'y', new.y, 'width', new.width, 'height', new.height, 'pinned', new.pinned));
END;
CREATE TRIGGER picture_place_delete AFTER DELETE ON picture_place
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'picture_place', old.entity, NULL, old.event, '',
            json_object('rowid', old.rowid, 'picture', old.picture, 'entity', old.entity, 'event', old.event, 'x', old.x,
            'y', old.y, 'width', old.width, 'height', old.height, 'pinned', old.pinned),
            NULL);
END;

CREATE TRIGGER account_insert AFTER INSERT ON account
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'account', NULL, NULL, NULL, new.name,
            NULL,
            json_object('row', new.row, 'name', new.name, 'agency', new.agency, 'added_at', new.added_at,
            'added_by', new.added_by, 'revoked_at', new.revoked_at, 'revoked_by', new.revoked_by));
END;
CREATE TRIGGER account_update AFTER UPDATE ON account
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'account', NULL, NULL, NULL, new.name,
            json_object('row', old.row, 'name', old.name, 'agency', old.agency, 'added_at', old.added_at,
            'added_by', old.added_by, 'revoked_at', old.revoked_at, 'revoked_by', old.revoked_by),
            json_object('row', new.row, 'name', new.name, 'agency', new.agency, 'added_at', new.added_at,
            'added_by', new.added_by, 'revoked_at', new.revoked_at, 'revoked_by', new.revoked_by));
END;
CREATE TRIGGER account_delete AFTER DELETE ON account
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'account', NULL, NULL, NULL, old.name,
            json_object('row', old.row, 'name', old.name, 'agency', old.agency, 'added_at', old.added_at,
            'added_by', old.added_by, 'revoked_at', old.revoked_at, 'revoked_by', old.revoked_by),
            NULL);
END;

CREATE TRIGGER account_role_insert AFTER INSERT ON account_role
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'account_role', NULL, NULL, NULL, ifnull((SELECT name FROM account WHERE row = new.account), ''),
            NULL,
            json_object('account', new.account, 'role', new.role));
END;
CREATE TRIGGER account_role_delete AFTER DELETE ON account_role
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'account_role', NULL, NULL, NULL, ifnull((SELECT name FROM account WHERE row = old.account), ''),
            json_object('account', old.account, 'role', old.role),
            NULL);
END;

CREATE TRIGGER team_member_insert AFTER INSERT ON team_member
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'team_member', NULL, NULL, NULL, ifnull((SELECT name FROM account WHERE row = new.account), ''),
            NULL,
            json_object('team', new.team, 'account', new.account));
END;
CREATE TRIGGER team_member_delete AFTER DELETE ON team_member
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'team_member', NULL, NULL, NULL, ifnull((SELECT name FROM account WHERE row = old.account), ''),
            json_object('team', old.team, 'account', old.account),
            NULL);
END;

CREATE TRIGGER casework_insert AFTER INSERT ON casework
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework', NULL, NULL, NULL, new.id,
            NULL,
            json_object('row', new.row, 'id', new.id, 'restricted', new.restricted, 'opened_at', new.opened_at,
            'opened_by', new.opened_by));
END;
CREATE TRIGGER casework_update AFTER UPDATE ON casework
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework', NULL, NULL, NULL, new.id,
            json_object('row', old.row, 'id', old.id, 'restricted', old.restricted, 'opened_at', old.opened_at,
            'opened_by', old.opened_by),
            json_object('row', new.row, 'id', new.id, 'restricted', new.restricted, 'opened_at', new.opened_at,
            'opened_by', new.opened_by));
END;
CREATE TRIGGER casework_delete AFTER DELETE ON casework
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework', NULL, NULL, NULL, old.id,
            json_object('row', old.row, 'id', old.id, 'restricted', old.restricted, 'opened_at', old.opened_at,
            'opened_by', old.opened_by),
            NULL);
END;

CREATE TRIGGER casework_team_insert AFTER INSERT ON casework_team
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework_team', NULL, NULL, NULL, ifnull((SELECT id FROM casework WHERE row = new.casework), ''),
            NULL,
            json_object('casework', new.casework, 'team', new.team));
END;
CREATE TRIGGER casework_team_delete AFTER DELETE ON casework_team
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework_team', NULL, NULL, NULL, ifnull((SELECT id FROM casework WHERE row = old.casework), ''),
            json_object('casework', old.casework, 'team', old.team),
            NULL);
END;

CREATE TRIGGER casework_entity_insert AFTER INSERT ON casework_entity
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework_entity', new.entity, NULL, NULL, ifnull((SELECT id FROM casework WHERE row = new.casework), ''),
            NULL,
            json_object('casework', new.casework, 'entity', new.entity));
END;
CREATE TRIGGER casework_entity_delete AFTER DELETE ON casework_entity
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'casework_entity', old.entity, NULL, NULL, ifnull((SELECT id FROM casework WHERE row = old.casework), ''),
            json_object('casework', old.casework, 'entity', old.entity),
            NULL);
END;

CREATE TRIGGER policy_insert AFTER INSERT ON policy
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'policy', NULL, NULL, NULL, '',
            NULL,
            json_object('row', new.row, 'text', new.text, 'kept_at', new.kept_at, 'kept_by', new.kept_by));
END;
CREATE TRIGGER policy_delete AFTER DELETE ON policy
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'policy', NULL, NULL, NULL, '',
            json_object('row', old.row, 'text', old.text, 'kept_at', old.kept_at, 'kept_by', old.kept_by),
            NULL);
END;

PRAGMA user_version = 13;
