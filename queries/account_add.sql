-- account_add: a user of the hub.
--   :name  :agency  :added_at  :added_by  TEXT
INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by)
VALUES (:name, :agency, :added_at, :added_by, '', '');
