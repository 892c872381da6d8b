-- audit_lock: takes the next entry's place; nobody else adds one until the commit.
UPDATE audit.head SET entries = entries + 1;
