-- migrate_8: how many changes the hub has seen. The audit log beside the hub (audit_schema.sql)
-- counts the same, so that an older copy of either is noticed.
CREATE TABLE change_count (
    changes INTEGER NOT NULL
) STRICT;

INSERT INTO change_count VALUES (0);

PRAGMA user_version = 8;
