-- kept_member_add: a member of a group whose letter is kept.
--   :kept  :person  :letter  INTEGER  rows of kept and entity; letters count from 0
--   :weight  REAL  of the ties to the others of the group
INSERT INTO kept_member (kept, person, letter, weight) VALUES (:kept, :person, :letter, :weight);
