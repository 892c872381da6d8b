-- scrub_words: what else than a name tells who somebody is or where they live, with the row of the
-- record that stands for it when several were confirmed to be one.
--   -> entity INTEGER; text TEXT (several aliases or identifiers with ';' between)
-- scans: person location entity
SELECT coalesce(s.leader, w.entity) AS entity, w.text
  FROM (SELECT entity, aliases AS text, 0 AS part FROM person WHERE aliases <> ''
        UNION ALL SELECT entity, address, 1 FROM person WHERE address <> ''
        UNION ALL SELECT entity, identifiers, 2 FROM person WHERE identifiers <> ''
        UNION ALL SELECT entity, name, 3 FROM person WHERE name <> ''
        UNION ALL SELECT entity, address, 4 FROM location WHERE address <> '') AS w
  LEFT JOIN sameness AS s ON s.entity = w.entity
 ORDER BY w.entity, w.part
