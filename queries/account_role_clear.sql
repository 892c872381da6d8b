-- account_role_clear: takes an account's roles away.
--   :account  INTEGER
DELETE FROM account_role WHERE account = :account;
