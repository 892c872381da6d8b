-- event_words: what was written of one event, and the conditions on which it is shared ('' for none).
--   :row  INTEGER
--   -> summary, conditions TEXT
-- one row
SELECT e.summary, o.conditions FROM event AS e JOIN origin AS o ON o.row = e.origin WHERE e.row = :row;
