-- person_read: a person as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its entity
--   -> id, name, aliases, dob, sex, ethnicity, local_authority, school, postcode, address,
--      identifiers, notes, extra, source, report_ref TEXT; source_grade INTEGER; info_grade,
--      other_grade, handling, conditions, recorded_on TEXT
-- one row
SELECT it.id, t.name, t.aliases, t.dob, t.sex, t.ethnicity, t.local_authority,
       school_entity.id AS school, t.postcode, t.address, t.identifiers, t.notes, t.extra,
       source.name AS source, origin.report_ref, origin.source_grade, origin.info_grade,
       origin.other_grade, origin.handling, origin.conditions, origin.recorded_on
  FROM person AS t
  JOIN entity AS it ON it.row = t.entity
  LEFT JOIN entity AS school_entity ON school_entity.row = t.school
  JOIN origin ON origin.row = it.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.entity = :row;
