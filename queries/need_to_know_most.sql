-- need_to_know_most: what is hidden from users who see the cases of others too (need_to_know.sql).

CREATE TEMP TABLE hidden_entity (row INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO temp.hidden_entity SELECT row FROM temp.ruled_out;
-- several records of one follow the strictest of them
INSERT OR IGNORE INTO temp.hidden_entity
SELECT entity
  FROM main.sameness
 WHERE leader IN (SELECT leader FROM main.sameness WHERE entity IN (SELECT row FROM temp.hidden_entity));

-- Events: by their origin, and those that only hidden people take part in. Where a hidden person takes part
-- beside others, what was written about the event may name them: it is left out (hushed_event).
CREATE TEMP TABLE hushed_event (row INTEGER PRIMARY KEY);
INSERT INTO temp.hushed_event
SELECT DISTINCT event FROM main.participation WHERE person IN (SELECT row FROM temp.hidden_entity);
CREATE TEMP TABLE hidden_event (row INTEGER PRIMARY KEY);
INSERT INTO temp.hidden_event
SELECT e.row
  FROM (SELECT 1 WHERE EXISTS (SELECT 1 FROM temp.hidden_origin) OR NOT (SELECT events FROM temp.may))
 CROSS JOIN main.event AS e
 WHERE e.origin IN (SELECT row FROM temp.hidden_origin) OR NOT (SELECT events FROM temp.may);
INSERT OR IGNORE INTO temp.hidden_event
SELECT h.row
  FROM temp.hushed_event AS h
 WHERE NOT EXISTS (SELECT 1 FROM main.participation AS p
                    WHERE p.event = h.row AND p.person NOT IN (SELECT row FROM temp.hidden_entity)
                      AND p.origin NOT IN (SELECT row FROM temp.hidden_origin));
