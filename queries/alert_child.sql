-- alert_child: schools and local authorities of a person's records, by id of the record.
--   :person  INTEGER  row of entity: the one that stands for the others
--   -> school, school_name, authority TEXT ('' when the record has none)
SELECT coalesce(s.id, '') AS school, coalesce(l.name, '') AS school_name, p.local_authority AS authority
  FROM person AS p
  JOIN entity AS e ON e.row = p.entity
  LEFT JOIN entity AS s ON s.row = p.school
  LEFT JOIN location AS l ON l.entity = p.school
 WHERE p.entity = :person OR p.entity IN (SELECT entity FROM sameness WHERE leader = :person)
 ORDER BY e.id;
