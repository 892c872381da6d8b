-- person_add: keeps a person.
--   :entity  INTEGER
--   :name  :aliases  :dob  :sex  :ethnicity  :local_authority  TEXT
--   :school  INTEGER
--   :postcode  :address  :identifiers  :notes  :extra  TEXT
INSERT INTO person
    (entity, name, aliases, dob, sex, ethnicity, local_authority, school, postcode, address,
    identifiers, notes, extra)
VALUES
    (:entity, :name, :aliases, :dob, :sex, :ethnicity, :local_authority, :school, :postcode,
    :address, :identifiers, :notes, :extra);
