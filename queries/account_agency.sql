-- account_agency: the agency of an account.
--   :agency  TEXT
--   :row  INTEGER
UPDATE account SET agency = :agency WHERE row = :row;
