-- retention_rules_clear: takes all rules away, before others are set.
-- scans: retention_rule
DELETE FROM retention_rule;
