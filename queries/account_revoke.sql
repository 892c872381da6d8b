-- account_revoke: an account that holds no longer.
--   :revoked_at  :revoked_by  TEXT
--   :row  INTEGER
UPDATE account SET revoked_at = :revoked_at, revoked_by = :revoked_by WHERE row = :row AND revoked_at = '';
