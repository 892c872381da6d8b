-- gone_ids: every id of one space with the source that made its record.
--   :space  INTEGER  1 person, 2 location, 3 group, 4 object, 5 event, 6 link, 7 assessment, 8 action
--   -> id TEXT; source INTEGER
-- scans: entity event link assessment action
SELECT t.id, origin.source
  FROM (SELECT id, origin FROM entity WHERE kind = :space
        UNION ALL SELECT id, origin FROM event WHERE :space = 5
        UNION ALL SELECT id, origin FROM link WHERE :space = 6 AND id IS NOT NULL
        UNION ALL SELECT id, origin FROM assessment WHERE :space = 7
        UNION ALL SELECT id, origin FROM action WHERE :space = 8) AS t
  JOIN origin ON origin.row = t.origin
 WHERE origin.source IS NOT NULL
 ORDER BY t.id;
