-- audit_add: one entry.
--   :seq  INTEGER  from 1
--   :at  TEXT  UTC, 2022-06-30T08:00:00Z
--   :user  TEXT  whose key opened the hub
--   :act  INTEGER  kith_act
--   :what  :recipient  :why  TEXT
--   :why_seal  BLOB  32 bytes
--   :ids  BLOB  16 bytes for each record
--   :changes  INTEGER  the hub's count of changes; missing when the act changed nothing
--   :hash  BLOB  32 bytes
INSERT INTO audit.entry (seq, at, user, act, what, recipient, why, why_seal, ids, changes, hash)
VALUES (:seq, :at, :user, :act, :what, :recipient, :why, :why_seal, :ids, :changes, :hash);
