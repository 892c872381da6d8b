-- check_blank_person: how much each agency leaves blank in its records of people (R20);
-- a school is looked for with children and people of unknown age only.
--   :as_of  TEXT
--   -> severity, table_name, id, field, message TEXT
-- scans: person
WITH filled AS (
    SELECT v.source, p.dob = '' AS dob, p.sex = '' AS sex,
           CASE WHEN p.dob = '' OR p.dob > date(:as_of, '-18 years') THEN p.school IS NULL END AS school,
           p.postcode = '' AS postcode, p.local_authority = '' AS local_authority
      FROM person AS p
      JOIN entity AS n ON n.row = p.entity
      JOIN provenance AS v ON v.origin = n.origin),
counted AS (
    SELECT 'dob' AS field, source, count(dob) AS records, sum(dob) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'sex' AS field, source, count(sex) AS records, sum(sex) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'school_id' AS field, source, count(school) AS records, sum(school) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'postcode' AS field, source, count(postcode) AS records, sum(postcode) AS blank FROM filled GROUP BY source
    UNION ALL SELECT 'local_authority' AS field, source, count(local_authority) AS records, sum(local_authority) AS blank FROM filled GROUP BY source)
SELECT 'NOTE' AS severity, 'persons' AS table_name, '' AS id, field,
       CASE WHEN source = '' THEN 'records without a source' ELSE source END || ': '
           || blank || ' of ' || records || ' blank (' || CAST(round(100.0 * blank / records) AS INTEGER) || ' %)' AS message
  FROM counted
 WHERE blank > 0
 ORDER BY field, source
