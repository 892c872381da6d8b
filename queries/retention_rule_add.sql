-- retention_rule_add: a rule, after those that are there.
--   :place  INTEGER
--   :review_group  TEXT
--   :years  :until_age  INTEGER  NULL: none
--   :kind  :word  :role  :source  :label  TEXT
INSERT INTO retention_rule (place, review_group, years, until_age, kind, word, role, source, label)
VALUES (:place, :review_group, :years, :until_age, :kind, :word, :role, :source, :label);
