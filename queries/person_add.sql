-- person_add: keeps a person.
INSERT OR FAIL INTO person
    (entity, name, aliases, dob, sex, ethnicity, local_authority, school, postcode, address,
    identifiers, notes, extra)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13
  FROM waiting;
