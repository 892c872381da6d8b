-- near_links: the links of one person, place, group or object. One to itself comes twice.
--   :row  INTEGER  of entity
--   -> link, from_entity, to_entity, origin INTEGER (rows)
SELECT row AS link, from_entity, to_entity, origin
  FROM link
 WHERE from_entity = :row
UNION ALL
SELECT row, from_entity, to_entity, origin
  FROM link
 WHERE to_entity = :row
 ORDER BY link;
