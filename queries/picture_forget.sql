-- picture_forget: takes away a picture, whose places are gone.
--   :picture  INTEGER
DELETE FROM picture WHERE row = :picture;
