-- account_role_add: a role of an account; nothing when it has it.
--   :account  INTEGER
--   :role  TEXT
INSERT INTO account_role (account, role) VALUES (:account, :role) ON CONFLICT DO NOTHING;
