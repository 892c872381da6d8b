-- right_needed_set: whether a load of a source without a right is refused.
--   :needed  INTEGER  0 or 1
UPDATE right_needed SET needed = :needed WHERE row = 1;
