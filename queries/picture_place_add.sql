-- picture_place_add: where one thing stands in a picture.
--   :picture  INTEGER
--   :entity   INTEGER  row of entity; missing for an event
--   :event    INTEGER  row of event; missing for another thing
--   :x  :y  :width  :height  INTEGER  hundredths of a point
--   :pinned   INTEGER  0 or 1
INSERT INTO picture_place (picture, entity, event, x, y, width, height, pinned)
VALUES (:picture, :entity, :event, :x, :y, :width, :height, :pinned);
