-- audit_advance: the new end of the chain.
--   :changes  INTEGER  the hub's count; missing when the act changed nothing
--   :hash  BLOB  of the entry
UPDATE audit.head SET changes = coalesce(:changes, changes), hash = :hash;
