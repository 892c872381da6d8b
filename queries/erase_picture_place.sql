-- erase_picture_place: takes away places of what is gone, and of pictures that are gone.
-- scans: picture_place
DELETE FROM picture_place
 WHERE NOT EXISTS (SELECT 1 FROM picture WHERE picture.row = picture_place.picture)
    OR (entity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.row = picture_place.entity))
    OR (event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE event.row = picture_place.event));
