-- account_find: the account of a name.
--   :name  TEXT
--   -> row INTEGER; agency, revoked_at TEXT; roles TEXT (a newline after each; '' for none)
-- one row
SELECT a.row, a.agency, a.revoked_at,
       coalesce((SELECT group_concat(r.role || char(10), '') FROM account_role AS r WHERE r.account = a.row), '') AS roles
  FROM account AS a
 WHERE a.name = :name;
