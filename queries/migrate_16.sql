-- migrate_16: remembered views are kept by the history as they were and are, so that what was kept or
-- dropped by mistake can be taken back. about is the user, to whom alone a view and its changes belong.
CREATE TRIGGER remembered_insert AFTER INSERT ON remembered
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'remembered', NULL, NULL, NULL, new.user,
            NULL,
            json_object('row', new.row, 'user', new.user, 'name', new.name, 'text', new.text,
            'kept_at', new.kept_at));
END;
CREATE TRIGGER remembered_update AFTER UPDATE ON remembered
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'remembered', NULL, NULL, NULL, new.user,
            json_object('row', old.row, 'user', old.user, 'name', old.name, 'text', old.text,
            'kept_at', old.kept_at),
            json_object('row', new.row, 'user', new.user, 'name', new.name, 'text', new.text,
            'kept_at', new.kept_at));
END;
CREATE TRIGGER remembered_delete AFTER DELETE ON remembered
WHEN (SELECT open FROM deed WHERE open > 0) = 1
BEGIN
    INSERT INTO deed_row (deed, table_name, entity, other, event, about, before, after)
    VALUES ((SELECT row FROM deed WHERE open > 0), 'remembered', NULL, NULL, NULL, old.user,
            json_object('row', old.row, 'user', old.user, 'name', old.name, 'text', old.text,
            'kept_at', old.kept_at),
            NULL);
END;

PRAGMA user_version = 16;
