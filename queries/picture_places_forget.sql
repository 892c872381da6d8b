-- picture_places_forget: takes away the places of a picture.
--   :picture  INTEGER
DELETE FROM picture_place WHERE picture = :picture;
