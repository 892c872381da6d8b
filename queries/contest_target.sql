-- contest_target: whether what is to be contested is recorded.
--   :event  :person  INTEGER  rows; 0 for none
--   :role  TEXT  '' for any
--   :link  :context  INTEGER  rows; 0 for none
--   -> parts INTEGER (the person's in the event); link_id TEXT (NULL: no such link; '': it has none);
--      context INTEGER (1: there is such an item)
-- one row
SELECT (SELECT count(*) FROM participation AS p JOIN word AS w ON w.row = p.role
         WHERE p.event = :event AND p.person = :person AND (:role = '' OR w.text = :role)) AS parts,
       (SELECT ifnull(id, '') FROM link WHERE row = :link) AS link_id,
       EXISTS (SELECT 1 FROM context WHERE row = :context) AS context;
