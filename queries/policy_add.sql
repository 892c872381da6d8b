-- policy_add: the policy that holds from now on.
--   :text  :kept_at  :kept_by  TEXT
INSERT INTO policy (text, kept_at, kept_by) VALUES (:text, :kept_at, :kept_by);
