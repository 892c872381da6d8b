-- picture_places: where things stand in a picture. A record that was since confirmed to be one with
-- others has the place of the first of them.
--   :picture  INTEGER
--   -> is_event, thing INTEGER (row of event or of entity); x, y, width, height INTEGER (hundredths of
--      a point); pinned INTEGER
SELECT p.entity IS NULL AS is_event, coalesce(s.leader, p.entity, p.event) AS thing, p.x, p.y, p.width,
       p.height, p.pinned
  FROM picture_place AS p
  LEFT JOIN sameness AS s ON s.entity = p.entity
 WHERE p.picture = :picture
 ORDER BY 1, 2, p.rowid;
