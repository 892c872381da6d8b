-- person_correct: gives a person the content that its source now sends.
--   :name  :aliases  :dob  :sex  :ethnicity  :local_authority  TEXT
--   :school  INTEGER
--   :postcode  :address  :identifiers  :notes  :extra  TEXT
--   :row  INTEGER
UPDATE person
   SET name = :name, aliases = :aliases, dob = :dob, sex = :sex, ethnicity = :ethnicity,
       local_authority = :local_authority, school = :school, postcode = :postcode,
       address = :address, identifiers = :identifiers, notes = :notes, extra = :extra
 WHERE entity = :row;
