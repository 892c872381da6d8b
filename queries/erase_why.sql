-- erase_why: empties the purposes in the audit log in which a text stands; their seals stay.
--   :text  TEXT  in any case
-- scans: entry
UPDATE audit.entry SET why = NULL WHERE instr(lower(why), lower(:text)) > 0;
