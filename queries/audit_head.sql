-- audit_head: the end of the chain.
--   -> entries, changes INTEGER (changes: of the hub, when it last changed); hash, seed BLOB (32 bytes each)
-- one row
-- scans: head
SELECT entries, changes, hash, seed FROM audit.head;
